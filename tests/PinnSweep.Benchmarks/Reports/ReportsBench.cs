using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using PinnSweep.Benchmarks.Coordinator;
using PinnSweep.Storage;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Benchmarks.Reports;

/// <summary>
/// A study of many trials through a real coordinator, so that rows and events are those of a run, and its report in all formats by a process
/// of its own, whose seconds and memory it tells. <c>--plain</c> stores results as earlier versions did.
/// </summary>
internal static class ReportsBench
{
    public static async Task<int> RunAsync(string[] options)
    {
        var (trials, cells, points) = (Number(options, "--trials", 10_000), Number(options, "--cells", 1), Number(options, "--points", 36));
        var kept = Array.IndexOf(options, "--keep") is >= 0 and var at && at + 1 < options.Length ? options[at + 1] : null;
        var folder = kept is null ? Directory.CreateTempSubdirectory("pinnsweep-bench-").FullName : Directory.CreateDirectory(kept).FullName;
        try
        {
            var place = Path.Combine(folder, "pinnsweep.db");
            if (!File.Exists(place))
            {
                await MakeAsync(folder, place, BenchStudies.Of(trials, cells), points, options.Contains("--plain"));
            }

            Tell("bytes a trial", new FileInfo(place).Length / (double)trials, "B");
            var (seconds, peak) = Report(folder, place);
            Tell("report in all formats", seconds, "s");
            Tell("its memory at most", peak / 1e6, "MB");
            return 0;
        }
        finally
        {
            if (kept is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task MakeAsync(string folder, string place, StudyPlan plan, int points, bool isPlain)
    {
        var results = new Dictionary<TrialKey, ResultReference>();
        using (var store = Store.Open(place))
        {
            store.Studies.Save(plan, "study: simulated");
            var file = Path.Combine(folder, "content");
            foreach (var trial in plan.Trials)
            {
                var result = MadeResults.Of(trial, points);
                var content = isPlain ? JsonSerializer.SerializeToUtf8Bytes(result, TrainerProtocol.Json) : PackedResult.Pack(result);
                await File.WriteAllBytesAsync(file, content);
                var name = Convert.ToHexStringLower(SHA256.HashData(content));
                await store.Blobs.PutAsync(file, name, content.Length, CancellationToken.None);
                results[trial.Key] = new(name, content.Length, result.Outcome, result.Steps, result.Final.RelativeL2, result.Seconds);
            }

            File.Delete(file);
        }

        using (var coordinator = new CoordinatorProcess(folder, place))
        {
            await using var fleet = await SimulatedFleet.StartAsync(coordinator.Port);
            fleet.Add(4, 4, TimeSpan.Zero, null, key => results[key]);
            await fleet.SubmitAsync(plan);
            await fleet.SettledAsync(plan);
        }

        // What a killed coordinator left beside the file goes into it.
        using var whole = Store.Open(place);
        whole.Connections.Query("pragma wal_checkpoint(truncate)", row => row.GetValue(0));
    }

    private static (double Seconds, long Peak) Report(string folder, string place)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(CoordinatorProcess.Program(), ["report", "simulated", "--store", place, "--out", Path.Combine(folder, "report")]) { RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var peak = 0L;
        while (!process.WaitForExit(20))
        {
            peak = Math.Max(peak, Peak(process.Id));
        }

        return process.ExitCode == 0 ? (clock.Elapsed.TotalSeconds, peak) : throw new InvalidOperationException("the benchmark is wrong: the report failed");
    }

    private static long Peak(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) << 10;
        }
        catch (IOException)
        {
            // It has ended.
            return 0;
        }
    }

    private static void Tell(string what, double value, string unit) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24} {value,10:0.#} {unit}"));

    private static int Number(string[] options, string name, int otherwise) => Array.IndexOf(options, name) is not (>= 0 and var at) || at + 1 >= options.Length ? otherwise
        : int.TryParse(options[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new UserMistakeException($"bench reports {name} {NearestMatch.Quote(options[at + 1])}: expected a whole number above 0");
}
