using PinnSweep.Commands;
using PinnSweep.Processes;
using PinnSweep.Terminals;

using var interrupts = new Interrupts();
AppDomain.CurrentDomain.UnhandledException += (_, crash) => interrupts.EndByDefect((Exception)crash.ExceptionObject, args);
return await RootVerb.RunAsync(args, Terminal.Standard(), interrupts);
