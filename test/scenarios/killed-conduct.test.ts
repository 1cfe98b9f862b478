import { killSuite } from '../support/kill-suite';

killSuite('conduct');
