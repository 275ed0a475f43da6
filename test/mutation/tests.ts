import '../policy/authorize.test.ts';
import '../policy/authorize-change.test.ts';
import '../policy/four-eyes.test.ts';
