import '../policy/authorize.test.ts';
import '../policy/authorize-change.test.ts';
import '../policy/four-eyes.test.ts';
import '../actions/mutants-risk.test.ts';
import '../actions/mutants-decide.test.ts';
import '../actions/mutants-perform.test.ts';
