using PinnSweep.Commands;
using PinnSweep.Processes;
using PinnSweep.Terminals;

using var interrupts = new Interrupts();
return await RootVerb.RunAsync(args, Terminal.Standard(), interrupts);
