using PinnSweep;
using PinnSweep.Commands;

using var interrupts = new Interrupts();
return await RootVerb.RunAsync(args, Terminal.Standard(), interrupts);
