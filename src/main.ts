process.stdout.write('Flagman is being built.\n');
