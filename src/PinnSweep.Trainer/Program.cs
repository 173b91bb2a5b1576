using PinnSweep.Pinns;
using PinnSweep.Trainer;

// The protocol owns standard output from the first moment; whatever else writes there lands on standard error.
using var output = ProtocolOutput.TakeStandardOutput();
switch (args)
{
    case []:
        return new TrainerSession(Console.In, output, TimeProvider.System).Run();
    case ["--version"]:
        output.WriteLine($"{EvidenceOf.Version} {EvidenceOf.Commit}");
        return 0;
    case ["--doctor"]:
        output.WriteLine(Doctor.Report());
        return 0;
    default:
        Console.Error.WriteLine("pinnsweep-trainer [--version | --doctor]: without an option it reads trainer commands from standard input");
        return 1;
}
