using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Benchmarks.Coordinator;

/// <summary>
/// What coordinating costs: a real coordinator in a process of its own on a real store, and simulated workers that reach it through the
/// network stack as real ones do. Every scenario prints one row; `--json` prints them as JSON.
/// </summary>
internal static class CoordinatorBench
{
    private static readonly string[] Scenarios = ["instant", "second", "reports", "curves", "large"];

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(string[] options)
    {
        var json = options.Contains("--json");
        var place = Value(options, "--store");
        var quick = options.Contains("--quick");
        var chosen = Value(options, "--only")?.Split(',') ?? Scenarios;
        if (chosen.FirstOrDefault(name => !Scenarios.Contains(name)) is { } unknown)
        {
            throw new UserMistakeException($"bench coordinator --only: unknown scenario '{unknown}'{NearestMatch.Hint(unknown, Scenarios)}");
        }

        var rows = new List<CoordinatorRow>();
        foreach (var scenario in chosen)
        {
            var folder = Directory.CreateTempSubdirectory("pinnsweep-bench-").FullName;
            try
            {
                rows.AddRange(await RunAsync(scenario, folder, place ?? Path.Combine(folder, "pinnsweep.db"), quick));
                if (!json)
                {
                    rows.Where(row => row.Scenario == scenario).ToList().ForEach(row => Console.WriteLine(row.Text));
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows, Indented));
        }

        return 0;
    }

    private static async Task<IEnumerable<CoordinatorRow>> RunAsync(string scenario, string folder, string store, bool quick) => scenario switch
    {
        "instant" => await TrialsAsync(scenario, folder, store, quick ? 2_000 : 10_000, TimeSpan.Zero),
        "second" => await TrialsAsync(scenario, folder, store, quick ? 320 : 10_000, TimeSpan.FromSeconds(1)),
        "reports" => await ReportsAsync(scenario, folder, store, TimeSpan.FromSeconds(quick ? 20 : 300)),
        "curves" => Curves(scenario, store, quick ? 20_000 : 200_000),
        _ => await LargeAsync(scenario, folder, store, quick ? 10_000 : 100_000),
    };

    /// <summary>A study of many short trials on 16 slots of four workers, each trial leased, finished and acknowledged durably.</summary>
    private static async Task<IEnumerable<CoordinatorRow>> TrialsAsync(string scenario, string folder, string place, int trials, TimeSpan duration)
    {
        var plan = BenchStudies.Of(trials);
        Save(plan, place);
        using var coordinator = new CoordinatorProcess(folder, place);
        await using var fleet = await SimulatedFleet.StartAsync(coordinator.Port);
        fleet.Add(4, 4, duration, null);
        await fleet.SubmitAsync(plan);
        var clock = Stopwatch.StartNew();
        var cpu = coordinator.CpuSeconds;
        var status = await fleet.SettledAsync(plan);
        var seconds = clock.Elapsed.TotalSeconds;
        for (var wait = 0; wait < 200 && fleet.Tally.CountedCount < trials; wait++)
        {
            // The last acknowledgements are on their way.
            await Task.Delay(50);
        }

        Require(status.Accepted == trials && fleet.Tally.CountedCount == trials, $"{status.Accepted} accepted, {fleet.Tally.CountedCount} acknowledged as counted, {trials} planned");
        return
        [
            new(scenario, "trials", trials, ""),
            new(scenario, "seconds", seconds, "s"),
            new(scenario, "trials per second", trials / seconds, "1/s"),
            new(scenario, "coordinator", (coordinator.CpuSeconds - cpu) / seconds, "cores"),
        ];
    }

    /// <summary>
    /// 500 workers with one running trial each report once a second; the delay is from the report to the coordinator's note of it.
    /// </summary>
    private static async Task<IEnumerable<CoordinatorRow>> ReportsAsync(string scenario, string folder, string place, TimeSpan time)
    {
        const int workers = 500;
        var plan = BenchStudies.Of(workers);
        Save(plan, place);
        SimulatedFleet? fleet;
        double cpu;
        double seconds;
        using (var coordinator = new CoordinatorProcess(folder, place))
        {
            fleet = await SimulatedFleet.StartAsync(coordinator.Port);
            await using (fleet)
            {
                fleet.Add(workers, 1, TimeSpan.FromHours(1), TimeSpan.FromSeconds(1));
                await fleet.SubmitAsync(plan);
                await fleet.UntilAsync(plan, status => status.RunningCount == workers);
                var clock = Stopwatch.StartNew();
                cpu = coordinator.CpuSeconds;
                await Task.Delay(time);
                seconds = clock.Elapsed.TotalSeconds;
                cpu = coordinator.CpuSeconds - cpu;
                fleet.StopReporting();
                await ArrivedAsync(place, fleet.Tally);
            }
        }

        using var store = Store.Open(place);
        var delays = store.Connections
            .Query("select completed, at from curve_points", row => (DateTimeOffset.Parse(row.GetString(1), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) - DateTimeOffset.UnixEpoch).TotalMilliseconds - row.GetDouble(0))
            .Order()
            .ToArray();
        return
        [
            new(scenario, "reports sent", fleet.Tally.ProgressedCount, ""),
            new(scenario, "reports lost", fleet.Tally.ProgressedCount - delays.Length, ""),
            new(scenario, "median delay", delays[delays.Length / 2], "ms"),
            new(scenario, "99th percentile of the delay", delays[(int)(delays.Length * 0.99)], "ms"),
            new(scenario, "coordinator", cpu / seconds, "cores"),
        ];
    }

    /// <summary>What is on its way arrives and is written; what has not after ten seconds is lost.</summary>
    private static async Task ArrivedAsync(string place, SimulationTally tally)
    {
        using var store = Store.OpenForReading(place);
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(10);)
        {
            if (store.Connections.Query("select count(*) from curve_points", row => row.GetInt64(0))[0] >= tally.ProgressedCount)
            {
                return;
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Curve points into the store, in batches as large as the coordinator's.</summary>
    private static CoordinatorRow[] Curves(string scenario, string place, int points)
    {
        const int batch = 2500;
        var plan = BenchStudies.Of(500);
        Save(plan, place);
        using var store = Store.Open(place);
        var clock = Stopwatch.StartNew();
        for (var first = 0; first < points; first += batch)
        {
            store.Curves.Append([
                .. Enumerable.Range(first, batch).Select(number => new Storage.Curves.LivePoint(
                    plan.Trials[number % plan.Trials.Length].Key, 1, new(number, number, double.NaN, double.NaN, 0.5, 100), DateTimeOffset.UnixEpoch.AddSeconds(number)))
            ]);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        var stored = store.Connections.Query("select count(*) from curve_points", row => row.GetInt64(0))[0];
        Require(stored == points, $"{stored} of {points} points stored");
        return [new(scenario, "curve points stored", points, ""), new(scenario, "points per second", points / seconds, "1/s")];
    }

    /// <summary>A large study: planning it, storing it, submitting it, asking for it, and a coordinator that starts again.</summary>
    private static async Task<IEnumerable<CoordinatorRow>> LargeAsync(string scenario, string folder, string place, int trials)
    {
        var clock = Stopwatch.StartNew();
        var plan = BenchStudies.Of(trials);
        var planned = clock.Elapsed.TotalSeconds;
        Save(plan, place);
        var stored = clock.Elapsed.TotalSeconds - planned;
        using var coordinator = new CoordinatorProcess(folder, place);
        double submitted;
        double status;
        await using (var fleet = await SimulatedFleet.StartAsync(coordinator.Port))
        {
            clock.Restart();
            await fleet.SubmitAsync(plan);
            submitted = clock.Elapsed.TotalSeconds;
            fleet.Add(4, 4, TimeSpan.Zero, null);
            await fleet.UntilAsync(plan, status => status.Accepted > trials / 50);
            status = await fleet.AnswerTimeAsync(plan, 20);
        }

        clock.Restart();
        coordinator.Restart();
        await using var again = await SimulatedFleet.StartAsync(coordinator.Port);
        await again.UntilAsync(plan, _ => true);
        var recovered = clock.Elapsed.TotalSeconds;
        var memory = coordinator.Memory;
        return
        [
            new(scenario, "trials", trials, ""),
            new(scenario, "planned in", planned, "s"),
            new(scenario, "stored in", stored, "s"),
            new(scenario, "submitted in", submitted, "s"),
            new(scenario, "status answered in (slowest of 20)", status, "s"),
            new(scenario, "killed, started and answering again in", recovered, "s"),
            new(scenario, "memory of the coordinator at most", memory.Peak / 1e6, "MB"),
        ];
    }

    private static void Save(StudyPlan plan, string place)
    {
        using var store = Store.Open(place);
        store.Studies.Save(plan, "study: simulated");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"the benchmark is wrong: {otherwise}");
        }
    }

    private static string? Value(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
}

/// <summary>One figure.</summary>
internal sealed record CoordinatorRow(string Scenario, string What, double Value, string Unit)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Scenario,-8}  {What,-42} {Value,12:0.###} {Unit}");
}
