using System.Globalization;
using System.Text.Json;
using PinnSweep.Testing.Processes;

namespace PinnSweep.EndToEnd.Tests;

/// <summary><c>pinnsweep run</c> on a small study in a folder of its own, with store, logs and report in it.</summary>
internal sealed class StudyRun(TemporaryFolder folder)
{
    /// <summary>Generous: other tests' builds may share the machine.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>Starts the same command every time.</summary>
    public ProcessRun Start(params IEnumerable<string> more) => StartWith("2", "0.3", more);

    /// <summary>All trials in packs, so many at once in one trainer.</summary>
    public ProcessRun StartPacked(int lanes) => StartWith("1", "0.1", "--lanes", lanes.ToString(CultureInfo.InvariantCulture));

    /// <summary>Runs to the end and expects success.</summary>
    public Task<ProcessRun> CompleteAsync() => CompleteAsync(Start());

    /// <summary>Waits for the end and expects success.</summary>
    public static async Task<ProcessRun> CompleteAsync(ProcessRun run)
    {
        await run.EndAsync(Limit);
        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Error}\n{run.Out}");
        return run;
    }

    /// <summary>The accuracy table, which holds no times.</summary>
    public string Accuracy => File.ReadAllText(folder["report/accuracy.csv"]);

    /// <summary>All files of the report.</summary>
    public IReadOnlyDictionary<string, byte[]> Report => Directory.EnumerateFiles(folder["report"], "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllBytes);

    /// <summary>
    /// The evidence of the trials that have a result by now, by key: it holds the moments of training, so it tells whether one was trained
    /// again.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, string>> EvidenceAsync()
    {
        using var report = Cli.Start(folder, "report", "small", "--format", "json", "--out", "evidence");
        await report.EndAsync(Cli.Short);
        Assert.True(report.ExitCode == 0, report.Error);
        return JsonDocument.Parse(await File.ReadAllTextAsync(folder["evidence/results.json"])).RootElement.GetProperty("trials").EnumerateArray()
            .Where(trial => trial.GetProperty("result").ValueKind == JsonValueKind.Object)
            .ToDictionary(trial => trial.GetProperty("key").GetString()!, trial => trial.GetProperty("result").GetProperty("evidence").GetRawText());
    }

    /// <summary>Trials with a result, as the progress lines tell.</summary>
    public static int Done(ProcessRun run) =>
        run.Error.Split('\n').Select(line => System.Text.RegularExpressions.Regex.Match(line, @"(\d+)/\d+ trials")).Where(match => match.Success).Select(match => int.Parse(match.Groups[1].Value, null)).LastOrDefault();

    /// <summary>How often an event stands in the log so far.</summary>
    public int Logged(string name) => Directory.Exists(folder["logs"])
        ? Directory.EnumerateFiles(folder["logs"]).Sum(file => ReadShared(file).Split($"\"Name\":\"{name}\"").Length - 1)
        : 0;

    /// <summary>Attempts that began where an earlier one had left a checkpoint.</summary>
    public int WentOn() => Directory.EnumerateFiles(folder["logs"]).SelectMany(file => ReadShared(file).Split('\n'))
        .Count(line => line.Contains("\"Name\":\"TrialStarted\"", StringComparison.Ordinal) && JsonDocument.Parse(line).RootElement.GetProperty("Step").GetInt32() > 0);

    /// <summary>Trainer processes of a run.</summary>
    public static IReadOnlyList<int> Trainers(ProcessRun run) => run.Descendants("pinnsweep-trainer");

    private ProcessRun StartWith(string slots, string checkpointEvery, params IEnumerable<string> more) =>
        Cli.Start(folder, ["run", "small.yaml", "--slots", slots, "--checkpoint-every", checkpointEvery, "--out", "report", .. more]);

    private static string ReadShared(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd();
    }
}
