// Before anything that could hang or be stopped.

using System.Globalization;
using System.Runtime.InteropServices;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Trainer;
using PinnSweep.Training.Results;

ParentTie.Bind();
if (TorchContext.Run(args) is { } exitCode)
{
    return exitCode;
}

// The protocol owns standard output from the first moment; whatever else writes there lands on standard error.
using var output = ProtocolOutput.TakeStandardOutput();

// Ctrl-C and a closed terminal reach the whole group of processes; whoever started this one decides what they mean, and closes its input.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => context.Cancel = true);
switch (args)
{
    case []:
        return Serve(1);
    case ["--lanes", var count] when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var lanes) && lanes is >= 1 and <= 1024:
        return Serve(lanes);
    case ["--version"]:
        output.WriteLine($"{EvidenceOf.Version} {EvidenceOf.Commit}");
        return 0;
    case ["--doctor"]:
        output.WriteLine(Doctor.Report());
        return 0;
    case ["--verify"]:
        return Verification.Run(output.WriteLine) ? 0 : 1;
    case ["--verify", var engine]:
        try
        {
            return Verification.Run(output.WriteLine, engine) ? 0 : 1;
        }
        catch (AggregateException failure) when (failure.InnerException is UserMistakeException mistake)
        {
            Console.Error.WriteLine(mistake.Message);
            return 2;
        }

    default:
        Console.Error.WriteLine("pinnsweep-trainer [--version | --doctor | --verify [ENGINE] | --lanes N]: without one of the first it reads trainer commands from standard input, for N trials at once");
        return 1;
}

int Serve(int lanes)
{
    using var session = new TrainerSession(Console.In, output, lanes, TimeProvider.System);
    return session.Run();
}
