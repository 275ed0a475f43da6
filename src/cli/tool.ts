/** Runs a tool, or says how it is used; what goes wrong is one sentence and the exit code 1. */
export const runTool = async (usage: string, tool: () => Promise<number>): Promise<void> => {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    process.exitCode = await tool();
  } catch (error) {
    // Whoever reads the output may stop before its end ("| head").
    if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`);
    process.exitCode = 1;
  }
};
