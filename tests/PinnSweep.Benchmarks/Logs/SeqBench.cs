using System.Diagnostics;
using System.Globalization;
using PinnSweep.Benchmarks.Coordinator;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Logs;

/// <summary>
/// What a Seq server costs a study, and whether it gets everything: the same study in turns without Seq, with a Seq that is down, slow and
/// up, by the real program; then the server is up, and each store is opened once more.
/// </summary>
internal static class SeqBench
{
    private static readonly string[] Modes = ["none", "down", "slow", "up"];

    public static async Task<int> RunAsync(string[] args)
    {
        var (rounds, steps) = (3, 4000);
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new UserMistakeException($"{args[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--rounds": rounds = Counts.Of(Value()); break;
                case "--steps": steps = Counts.Of(Value()); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'seq'; there are --rounds and --steps.");
            }
        }

        var folder = Directory.CreateTempSubdirectory("pinnsweep-seq-bench-").FullName;
        try
        {
            return await MeasureAsync(folder, rounds, steps);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(string folder, int rounds, int steps)
    {
        var study = Path.Combine(folder, "study.yaml");
        await File.WriteAllTextAsync(study, Study(steps));
        using var seq = new SeqEndpoint();
        var rates = Modes.ToDictionary(mode => mode, _ => new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            // The order turns, so that a machine that gets slower favours none.
            foreach (var mode in Modes.Skip(round % Modes.Length).Concat(Modes.Take(round % Modes.Length)))
            {
                rates[mode].Add(await RateAsync(Directory.CreateDirectory(Path.Combine(folder, $"{mode}-{round}")).FullName, study, mode, seq));
            }
        }

        foreach (var mode in Modes)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{mode,-5} {Median(rates[mode]),8:0.0} steps/s, {Median([.. rates[mode].Zip(rates["none"], (one, none) => one / none)]),6:0.000} of the rate without"));
        }

        return await DeliverAsync(folder, study, seq);
    }

    private static async Task<double> RateAsync(string folder, string study, string mode, SeqEndpoint seq)
    {
        seq.IsSlow = mode == "slow";
        if (mode is "slow" or "up")
        {
            seq.Open();
        }

        await TrainAsync(folder, study, mode == "none" ? null : seq.Address);
        seq.Close();

        // From the first trial's start to the last one's end, as the log has them: what a run prints and draws afterwards is no training.
        var events = LoggedEvent.Read(Path.Combine(folder, "logs"));
        var finished = events.Where(told => told.Name == "TrialFinished").ToArray();
        return finished.Sum(told => told.Number("Step")) / (finished[^1].At - events.First(told => told.Name == "TrialStarted").At).TotalSeconds;
    }

    private static async Task<int> DeliverAsync(string folder, string study, SeqEndpoint seq)
    {
        seq.IsSlow = false;
        seq.Open();
        string[] folders = [.. Directory.GetDirectories(folder).Where(one => !Path.GetFileName(one).StartsWith("none", StringComparison.Ordinal))];
        foreach (var one in folders)
        {
            await TrainAsync(one, study, seq.Address);
        }

        // A run ends without waiting long for Seq; what it leaves in the buffer goes with the next one.
        int Told() => folders.Sum(one => LoggedEvent.Read(Path.Combine(one, "logs")).Length);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Told()} events were told, {seq.Taken} came: {(Told() == seq.Taken ? "none is lost" : "SOME ARE MISSING")}"));
        return Told() == seq.Taken ? 0 : 1;
    }

    private static async Task TrainAsync(string folder, string study, string? seq)
    {
        string[] options = ["run", study, "--slots", "1", "--store", Path.Combine(folder, "pinnsweep.db"), "--out", Path.Combine(folder, "out")];
        var start = new ProcessStartInfo(CoordinatorProcess.Program(), seq is null ? options : [.. options, "--seq", seq])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new UserMistakeException($"the run ended with {process.ExitCode}: {said[1]}");
        }
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Study(int steps) => string.Create(CultureInfo.InvariantCulture, $$"""
        study: seq-bench
        seeds: 4
        factors:
          problem: [helmholtz]
          network: [{kind: mlp, hidden: [32, 32]}]
          balancer: [static, relobralo]
          sampler: [{kind: uniform, interior: 256, boundary: 128}]
          optimizer: [adam]
        budget: {steps: {{steps}}}
        control: static
        """);
}
