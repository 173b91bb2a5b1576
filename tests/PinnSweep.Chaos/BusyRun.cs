using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using PinnSweep.Cluster.Coordination;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials.Lifecycle;
using PinnSweep.Testing.Postgres;

namespace PinnSweep.Chaos;

/// <summary>
/// No blows, only company: three coordinators and two workers of the real program, with real trainers and the profile <c>ha</c> as it is,
/// train a study of short trials twice, first alone and then beside busy loops. A processor that is shared must cost its share and nothing
/// else: no fault, no attempt more than there are trials.
/// </summary>
internal sealed class BusyRun(ChaosOptions options, int loops)
{
    private const int Coordinators = 3;
    private const int Workers = 2;
    private const int SlotsOfAWorker = 2;

    /// <summary>How much longer than the processor's share allows it may take.</summary>
    private const double Bar = 1.3;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(90);

    public async Task<int> RunAsync(CancellationToken end)
    {
        if (PostgresServer.Absent is { } absent)
        {
            throw new UserMistakeException($"tests/chaos: {absent}");
        }

        var folder = Directory.CreateTempSubdirectory("pinnsweep-busy-").FullName;
        try
        {
            var alone = await LiveAsync(Path.Combine(folder, "alone"), 0, end);
            var beside = await LiveAsync(Path.Combine(folder, "beside"), loops, end);
            return Report(alone, beside);
        }
        finally
        {
            if (options.Keep)
            {
                Console.WriteLine($"kept: {folder}");
            }
            else
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task<Round> LiveAsync(string folder, int beside, CancellationToken end)
    {
        Directory.CreateDirectory(folder);
        using var server = PostgresServer.StartNew(flushes: true);
        var setup = new ChaosSetup
        {
            Folder = folder,
            Program = ChaosSetup.BuiltBeside("PinnSweep", "pinnsweep"),
            Store = server.CreateDatabase(),
            Profile = "ha",
            Slots = SlotsOfAWorker,
        };
        var company = Enumerable.Range(0, beside).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"])).ToArray();
        ChaosNode[] nodes =
        [
            .. Enumerable.Range(1, Coordinators).Select(number => new ChaosNode(setup, $"coordinator-{number}", coordinates: true)),
            .. Enumerable.Range(1, Workers).Select(number => new ChaosNode(setup, $"worker-{number}", coordinates: false)),
        ];
        setup.Seeds = [.. nodes.Select(node => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{node.Port}"))];
        var shares = new ProcessorShares();
        var ends = new List<string>();
        var began = TimeProvider.System.GetUtcNow();
        var clock = Stopwatch.StartNew();
        try
        {
            var isSubmitted = false;
            var next = TimeSpan.Zero;
            while (clock.Elapsed < Patience)
            {
                foreach (var node in nodes)
                {
                    if (node.Supervise(TimeProvider.System.GetUtcNow()) is { } code)
                    {
                        ends.Add(string.Create(CultureInfo.InvariantCulture, $"{node.Name} ended by itself with exit code {code}"));
                    }
                }

                foreach (var trainer in nodes.Where(node => !node.Coordinates).SelectMany(node => node.Trainers()))
                {
                    shares.Look(trainer);
                }

                isSubmitted = isSubmitted || Submit(setup, nodes[0]);
                var (settled, accepted) = isSubmitted ? Standing(setup) : (0, 0);
                if (settled == options.Trials)
                {
                    break;
                }

                if (clock.Elapsed >= next)
                {
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:hh\\:mm\\:ss}  {beside} busy loops beside; {accepted} of {options.Trials} accepted"));
                    next = clock.Elapsed + TimeSpan.FromSeconds(20);
                }

                await Task.Delay(500, end);
            }
        }
        finally
        {
            foreach (var node in nodes)
            {
                node.Dispose();
            }

            foreach (var loop in company)
            {
                loop.Kill();
                loop.WaitForExit();
                loop.Dispose();
            }
        }

        using var store = Store.Open(setup.Store);
        return new(began, JournalReader.ReadAll(store), shares.OfWanted, ends);
    }

    private bool Submit(ChaosSetup setup, ChaosNode coordinator)
    {
        var study = Path.Combine(setup.Folder, "busy.yaml");
        File.WriteAllText(study, string.Create(CultureInfo.InvariantCulture, $$"""
            study: busy
            factors:
              problem: {kind: poisson-1d-multiscale}
              network: {kind: mlp, hidden: [20, 20]}
              balancer: static
              sampler: {kind: uniform, interior: 128}
              optimizer: adam
            seeds: {{options.Trials}}
            budget: {steps: {{options.Steps}}}
            """));
        var start = new ProcessStartInfo(
            setup.Program,
            ["submit", study, "--url", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{coordinator.HttpPort}")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var submit = Process.Start(start)!;
        _ = submit.StandardOutput.ReadToEndAsync();
        var said = submit.StandardError.ReadToEndAsync();
        submit.WaitForExit();
        // Until somebody coordinates it is refused, which is no mistake of the file.
        return submit.ExitCode == 0 || (said.Result.Contains(study, StringComparison.Ordinal) ? throw new InvalidOperationException(said.Result) : false);
    }

    private static (int Settled, int Accepted) Standing(ChaosSetup setup)
    {
        using var store = Store.OpenForReading(setup.Store);
        int Count(string table) => (int)store.Connections.Query($"select count(*) from {table}", row => row.GetInt64(0))[0];
        var accepted = Count("results");
        return (accepted + Count("quarantined"), accepted);
    }

    private int Report(Round alone, Round beside)
    {
        Console.WriteLine();
        Console.WriteLine($"busy: {loops} loops beside {Coordinators} coordinators and {Workers} workers with {SlotsOfAWorker} slots each, {(Environment.ProcessorCount == 1 ? "all on one core" : $"{Environment.ProcessorCount} cores")}");
        Console.WriteLine("                                 alone   beside");
        void Line(string what, Func<Round, string> value) => Console.WriteLine($"  {what,-28} {value(alone),7}  {value(beside),7}");
        Line("trials accepted", round => Text(round.Journal.OfType<TrialAccepted>().Count()));
        Line("attempts granted", round => Text(round.Journal.OfType<TrialLeased>().Count()));
        Line("faults", round => Text(round.Journal.OfType<TrialFaulted>().Count()));
        Line("given back", round => Text(round.Journal.OfType<TrialReleased>().Count()));
        Line("coordinators that began", round => Text(round.Journal.OfType<EpochBegan>().Count()));
        Line("nodes that ended", round => Text(round.Ends.Count));
        Line("seconds to the first grant", round => Text((round.Journal.OfType<TrialLeased>().FirstOrDefault()?.At - round.Began)?.TotalSeconds ?? double.NaN));
        Line("seconds from then on", round => Text(round.Seconds));
        Line("share of what was wanted", round => Text(round.Share));
        foreach (var end in alone.Ends.Concat(beside.Ends))
        {
            Console.WriteLine($"  {end}");
        }

        foreach (var fault in alone.Journal.Concat(beside.Journal).OfType<TrialFaulted>().Take(10))
        {
            Console.WriteLine($"  {fault.Key.Short} attempt {Text(fault.Record.Attempt)}: {fault.Record.Fault.Kind}: {fault.Record.Fault.Message}");
        }

        foreach (var released in alone.Journal.Concat(beside.Journal).OfType<TrialReleased>().Take(10))
        {
            Console.WriteLine($"  {released.Key.Short} attempt {Text(released.Attempt)} given back: {released.Reason}");
        }

        var allowed = alone.Seconds * alone.Share / beside.Share;
        var ratio = beside.Seconds / allowed;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00} times as long as the share of the processor allows ({allowed:0} s); the bar is {Bar}"));
        var isKept = new[] { alone, beside }.All(round =>
            round.Journal.OfType<TrialAccepted>().Count() == options.Trials
            && round.Journal.OfType<TrialLeased>().Count() == options.Trials
            && !round.Journal.OfType<TrialFaulted>().Any());
        return isKept && ratio <= Bar ? 0 : 2;
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>What came of one round.</summary>
    /// <param name="Began">When the nodes were started.</param>
    /// <param name="Journal">What was decided.</param>
    /// <param name="Share">Of the time that trainers wanted a processor, the part in which they had one.</param>
    /// <param name="Ends">Nodes that ended unasked.</param>
    private sealed record Round(DateTimeOffset Began, ImmutableArray<SweepEvent> Journal, double Share, IReadOnlyList<string> Ends)
    {
        /// <summary>From the first grant to the last result.</summary>
        public double Seconds => Journal.OfType<TrialLeased>().FirstOrDefault() is { } first && Journal.OfType<TrialAccepted>().LastOrDefault() is { } last
            ? (last.At - first.At).TotalSeconds
            : double.NaN;
    }
}

/// <summary>How much of the processor time that processes wanted they got, from what the kernel's scheduler counts.</summary>
internal sealed class ProcessorShares
{
    private readonly Dictionary<(int Process, string Thread), (double Run, double Waited)> _threads = [];

    /// <summary>Time run, of time run or waited for a processor.</summary>
    public double OfWanted => _threads.Values.Sum(thread => thread.Run) / _threads.Values.Sum(thread => thread.Run + thread.Waited);

    /// <summary>Reads what the threads of a process had so far; the last look at a thread counts.</summary>
    public void Look(int process)
    {
        try
        {
            foreach (var task in Directory.EnumerateDirectories($"/proc/{process}/task"))
            {
                var counts = File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ');
                _threads[(process, Path.GetFileName(task))] = (double.Parse(counts[0], CultureInfo.InvariantCulture), double.Parse(counts[1], CultureInfo.InvariantCulture));
            }
        }
        catch (IOException)
        {
            // It ended.
        }
    }
}
