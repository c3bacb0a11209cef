import { config } from 'zod';

// The content security policy forbids code made from strings; zod then reads schemas instead of compiling them.
// Imported before everything else, because schemas are used while modules load.
config({ jitless: true });
