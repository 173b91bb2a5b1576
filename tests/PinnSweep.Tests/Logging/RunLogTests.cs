using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using PinnSweep.Cluster.Logging;
using PinnSweep.Logging;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Logging;

public class RunLogTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Events_reach_seq_in_its_documented_format_with_our_properties()
    {
        using var folder = new TemporaryFolder();
        using var seq = new LoopbackSeq();
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq.Address))
        {
            LogEvents.RunBegan(log.Loggers.CreateLogger("PinnSweep.Run"), "quickstart", 21, 2, "pinnsweep.db", "803ca964");
            LogEvents.TrialFinished(
                log.Loggers.CreateLogger("PinnSweep.Run"), new(new string('a', 64)), 2, "node-1", Outcome.Converged, 0.0125, 500, "helmholtz", "mlp", "relobralo", "uniform", "adam", 3);
            log.Loggers.CreateLogger("PinnSweep.Run").LogError(new InvalidOperationException("broken"), "Trial {TrialKey} broke in attempt {Attempt}", "abc", 2);
            await Waiting.UntilAsync(() => seq.Events.Count() >= 3, Patience, () => $"{seq.Requests.Count} requests");
        }

        // Seq documents both: the newer path, and the older one with the content type that says which format it is.
        Assert.All(seq.Requests, request => Assert.Contains(request.Path, (string[])["/ingest/clef", "/api/events/raw"]));
        Assert.All(seq.Requests, request => Assert.StartsWith("application/vnd.serilog.clef", request.ContentType, StringComparison.Ordinal));
        Assert.All(seq.Events, entry => Assert.True(DateTimeOffset.TryParse(entry.GetProperty("@t").GetString(), out _)));
        var begins = seq.Events.First();
        Assert.StartsWith("study {StudyName} begins", begins.GetProperty("@mt").GetString(), StringComparison.Ordinal);
        Assert.False(begins.TryGetProperty("@l", out _), "information is the level that the format leaves out");
        Assert.Equal("803ca964", begins.GetProperty("StudyId").GetString());
        Assert.Equal(21, begins.GetProperty("Trials").GetInt32());
        Assert.Equal(Environment.MachineName, begins.GetProperty("Node").GetString());
        Assert.Equal("PinnSweep", begins.GetProperty("Application").GetString());
        var finished = seq.Events.ElementAt(1);
        Assert.Equal(
            ["helmholtz", "mlp", "relobralo", "uniform", "adam", "Converged", new string('a', 64)],
            new[] { LogProperties.Problem, LogProperties.Network, LogProperties.Balancer, LogProperties.Sampler, LogProperties.Optimizer, LogProperties.Outcome, LogProperties.TrialKey }
                .Select(name => finished.GetProperty(name).GetString()));
        Assert.Equal([2, 3, 500], new[] { LogProperties.Attempt, LogProperties.Seed, LogProperties.Step }.Select(name => finished.GetProperty(name).GetInt32()));
        Assert.Equal(0.0125, finished.GetProperty(LogProperties.RelativeL2).GetDouble());
        var broke = seq.Events.Last();
        Assert.Equal("Error", broke.GetProperty("@l").GetString());
        Assert.Contains("broken", broke.GetProperty("@x").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, broke.GetProperty("Attempt").GetInt32());
    }

    [Fact]
    public async Task Of_what_is_told_a_seq_that_cannot_be_reached_nothing_is_lost()
    {
        using var folder = new TemporaryFolder();

        await LogBesideGoneSeqAsync(folder);

        Assert.Equal(1000, Directory.GetFiles(folder["logs/seq-buffer"], "events*").Where(file => !file.EndsWith(".bookmark", StringComparison.Ordinal)).Sum(file => File.ReadLines(file).Count()));
    }

    /// <summary>Watches the clock, so only on request.</summary>
    [Fact(Explicit = true)]
    public async Task A_seq_that_cannot_be_reached_slows_nothing()
    {
        using var folder = new TemporaryFolder();

        var (told, closed) = await LogBesideGoneSeqAsync(folder);

        Assert.True(told < TimeSpan.FromSeconds(5), $"1000 events took {told}");
        Assert.True(closed < TimeSpan.FromSeconds(15), $"closing took until {closed}");
    }

    /// <summary>Logs a thousand events; the times when they were told and when the log was closed.</summary>
    private static async Task<(TimeSpan Told, TimeSpan Closed)> LogBesideGoneSeqAsync(TemporaryFolder folder)
    {
        string address;
        using (var gone = new LoopbackSeq())
        {
            address = gone.Address;
        }

        var clock = Stopwatch.StartNew();
        TimeSpan told;
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], address))
        {
            var logger = log.Loggers.CreateLogger("PinnSweep.Run");
            for (var i = 0; i < 1000; i++)
            {
                LogEvents.StopRequested(logger, $"plan {i}");
            }

            told = clock.Elapsed;
        }

        return (told, clock.Elapsed);
    }

    [Fact]
    public async Task The_file_beside_the_store_holds_one_compact_json_object_a_line()
    {
        using var folder = new TemporaryFolder();
        await using (var log = RunLog.Open(TextWriter.Null, folder["pinnsweep.db"], seq: null))
        {
            LogEvents.RunBegan(log.Loggers.CreateLogger("PinnSweep.Run"), "quickstart", 21, 2, "pinnsweep.db", "803ca964");
        }

        var line = Assert.Single(File.ReadLines(Assert.Single(Directory.GetFiles(folder["logs"]))));
        Assert.Equal("quickstart", JsonDocument.Parse(line).RootElement.GetProperty("StudyName").GetString());
    }

    [Fact]
    public async Task The_console_shows_warnings_and_a_live_display_can_take_them_over()
    {
        using var folder = new TemporaryFolder();
        using var console = new StringWriter();
        var taken = new List<string>();
        await using (var log = RunLog.Open(console, beside: null, seq: null))
        {
            var logger = log.Loggers.CreateLogger("PinnSweep.Run");
            logger.LogInformation("quiet");
            logger.LogWarning("first");
            using (log.Console.Through(taken.Add))
            {
                logger.LogWarning("second");
            }

            logger.LogWarning("third");
        }

        Assert.Equal(["first", "third"], console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")[1].Trim()));
        Assert.EndsWith("warning: second", Assert.Single(taken), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_none_is_the_users_mistake() =>
        Assert.Contains("--seq seq.local", Assert.Throws<UserMistakeException>(() => RunLog.Open(TextWriter.Null, null, "seq.local")).Message, StringComparison.Ordinal);
}
