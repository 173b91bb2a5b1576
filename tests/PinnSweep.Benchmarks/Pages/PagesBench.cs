using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PinnSweep.Benchmarks.Coordinator;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Pages;

/// <summary>
/// What pages cost. <c>open</c>: a study of short trials with and without pages of it that are open, in turns, each turn on processes and a
/// store of its own; whoever reads the pages runs on the same machine. <c>large</c>: how long the page of a large study takes.
/// </summary>
internal static class PagesBench
{
    private static readonly string[] Scenarios = ["open", "large"];

    public static async Task<int> RunAsync(string[] options)
    {
        var quick = options.Contains("--quick");
        var chosen = Value(options, "--only")?.Split(',') ?? Scenarios;
        if (chosen.FirstOrDefault(name => !Scenarios.Contains(name)) is { } unknown)
        {
            throw new UserMistakeException($"bench pages --only: unknown scenario '{unknown}'{NearestMatch.Hint(unknown, Scenarios)}");
        }

        foreach (var scenario in chosen)
        {
            await (scenario == "open"
                ? OpenAsync(Number(options, "--rounds", quick ? 1 : 3), Number(options, "--pages", 100), Number(options, "--trials", quick ? 200 : 1000))
                : LargeAsync(Number(options, "--trials", quick ? 1000 : 10_000)));
        }

        return 0;
    }

    private static async Task OpenAsync(int rounds, int pages, int trials)
    {
        var turns = new List<(Turn Without, Turn With)>();
        for (var round = 0; round < rounds; round++)
        {
            // Which is first changes from round to round.
            var first = await TurnAsync(round % 2 == 0 ? 0 : pages, trials);
            var second = await TurnAsync(round % 2 == 0 ? pages : 0, trials);
            turns.Add(round % 2 == 0 ? (first, second) : (second, first));
            Tell("open", $"round {round + 1}: trials a second without", turns[^1].Without.Rate, "1/s");
            Tell("open", $"round {round + 1}: with {pages} pages open", turns[^1].With.Rate, "1/s");
        }

        Tell("open", "rate with ÷ without, median", Median(turns.Select(turn => turn.With.Rate / turn.Without.Rate)), "");
        Tell("open", "processor of the coordinator without", Median(turns.Select(turn => turn.Without.Cores)), "cores");
        Tell("open", "processor of the coordinator with", Median(turns.Select(turn => turn.With.Cores)), "cores");
        Tell("open", "memory at most, with − without", Median(turns.Select(turn => (turn.With.Peak - turn.Without.Peak) / 1e6)), "MB");
        Tell("open", "events told", OpenPage.Events, "");
    }

    private static async Task<Turn> TurnAsync(int pages, int trials)
    {
        var folder = Directory.CreateTempSubdirectory("pinnsweep-bench-").FullName;
        try
        {
            var port = CoordinatorProcess.FreePort();
            using var coordinator = new CoordinatorProcess(folder, Path.Combine(folder, "pinnsweep.db"), port);
            using var http = Client(port);
            await UpAsync(http);
            using var worker = new FakeWorker(folder, 4, coordinator.Port);
            await UntilAsync(http, "/api/workers", answer => answer.GetProperty("workers").GetArrayLength() == 1);
            using var warm = await http.PostAsync(new Uri("/api/studies", UriKind.Relative), Study("warm", 40, steps: 900));
            await UntilAsync(http, "/api/studies/warm", study => study.GetProperty("isSettled").GetBoolean());
            using var submitted = await http.PostAsync(new Uri("/api/studies", UriKind.Relative), Study("simulated", trials, steps: 1000));
            submitted.EnsureSuccessStatusCode();
            using var closed = new CancellationTokenSource();
            var clock = Stopwatch.StartNew();
            var cpu = coordinator.CpuSeconds;
            var readers = Enumerable.Range(0, pages).Select(_ => Task.Run(() => new OpenPage(http, "simulated").ReadAsync(closed.Token))).ToArray();
            await UntilAsync(http, "/api/studies/simulated", study => study.GetProperty("isSettled").GetBoolean());
            var (seconds, used, peak) = (clock.Elapsed.TotalSeconds, coordinator.CpuSeconds - cpu, coordinator.Memory.Peak);
            await closed.CancelAsync();
            await Task.WhenAll(readers);
            return new(trials / seconds, used / seconds, peak);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task LargeAsync(int trials)
    {
        const int times = 20;
        var folder = Directory.CreateTempSubdirectory("pinnsweep-bench-").FullName;
        try
        {
            var (plan, port, place) = (BenchStudies.Of(trials), CoordinatorProcess.FreePort(), Path.Combine(folder, "pinnsweep.db"));
            using (var store = Store.Open(place))
            {
                store.Studies.Save(plan, "study: simulated");
            }

            using var coordinator = new CoordinatorProcess(folder, place, port);
            await using (var fleet = await SimulatedFleet.StartAsync(coordinator.Port))
            {
                fleet.Add(4, 4, TimeSpan.Zero, null);
                await fleet.SubmitAsync(plan);
                await fleet.SettledAsync(plan);
            }

            using var http = Client(port);
            await UpAsync(http);
            foreach (var path in (string[])["/studies/simulated", "/studies/simulated/trials", "/"])
            {
                var seconds = new List<double>();
                for (var time = 0; time <= times; time++)
                {
                    var clock = Stopwatch.StartNew();
                    using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
                    answer.EnsureSuccessStatusCode();
                    await answer.Content.ReadAsByteArrayAsync();
                    seconds.Add(clock.Elapsed.TotalSeconds);
                }

                Tell("large", $"{path}, first", seconds[0], "s");
                Tell("large", $"{path}, median of {times} more", Median(seconds.Skip(1)), "s");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Other steps than those of another study make trials of its own.
    private static StringContent Study(string name, int trials, int steps) => new(
        FormattableString.Invariant(
            $$"""
            study: {{name}}
            seeds: {{trials / 4}}
            factors:
              problem: [helmholtz]
              network: [{kind: mlp, hidden: [20]}]
              balancer: [static, relobralo, gradnorm, power-normalization]
            budget: {steps: {{steps}}}
            control: static
            """),
        Encoding.UTF8,
        "application/yaml");

    private static HttpClient Client(int port) => new() { BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), Timeout = TimeSpan.FromMinutes(10) };

    private static Task UpAsync(HttpClient http) => UntilAsync(http, "/api/workers", _ => true);

    private static async Task UntilAsync(HttpClient http, string path, Func<JsonElement, bool> condition)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(10);)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
                if (answer.IsSuccessStatusCode && condition(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement))
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not up yet.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{path} never was as it should be");
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2 : double.NaN;

    private static void Tell(string scenario, string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario,-8}  {what,-48} {value,10:0.####} {unit}"));

    private static string? Value(string[] options, string name) =>
        Array.IndexOf(options, name) is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;

    private static int Number(string[] options, string name, int otherwise) => Value(options, name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new UserMistakeException($"bench pages {name} {NearestMatch.Quote(text)}: expected a whole number above 0");

    private sealed record Turn(double Rate, double Cores, long Peak);
}
