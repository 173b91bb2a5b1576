using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using PinnSweep.Benchmarks.Coordinator;
using PinnSweep.Storage;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Starts;

/// <summary>A build of the program, and how long its commands take from Enter to the end. Works in a folder of its own.</summary>
internal sealed class TimedProgram : IDisposable
{
    private readonly string _program;
    private readonly string _folder = Directory.CreateTempSubdirectory("pinnsweep-starts-").FullName;

    /// <param name="name">What tables call it.</param>
    /// <param name="build">A folder with <c>PinnSweep/release</c> and <c>PinnSweep.Trainer/release</c>; null for the build beside this program.</param>
    public TimedProgram(string name, string? build)
    {
        Name = name;
        _program = build is null ? CoordinatorProcess.Program() : Path.GetFullPath(Path.Combine(build, "PinnSweep", "release", "pinnsweep"));
        if (!File.Exists(_program))
        {
            throw new UserMistakeException($"--against {build}: {_program} does not exist; expected a folder such as artifacts/builds/pinnsweep-… or artifacts/bin of another checkout");
        }
    }

    public string Name { get; }

    /// <summary>Writes a file that commands may name.</summary>
    public void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);

    /// <summary>Runs a command; seconds until it has ended, and what it printed.</summary>
    public (double Seconds, string Out) Time(params string[] arguments)
    {
        var start = new ProcessStartInfo(_program, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return process.ExitCode == 0
            ? (seconds, output)
            : throw new InvalidOperationException($"{_program} {string.Join(' ', arguments)}: exit code {process.ExitCode}\n{errors.Result}");
    }

    /// <summary>Seconds of <c>train</c> that are not its training.</summary>
    public double AroundTraining(string problem)
    {
        var (seconds, output) = Time("train", "--problem", problem, "--steps", "1", "--json");
        using var result = JsonDocument.Parse(output);
        return seconds - result.RootElement.GetProperty("seconds").GetDouble();
    }

    /// <summary>Runs a study in a new store; when its results were accepted, in seconds since Enter, and how long they were trained.</summary>
    public (double[] Accepted, double[] Trained) Accepted(string file, string study, string slots)
    {
        var store = Path.Combine(_folder, $"{Guid.NewGuid():N}.db");
        var began = TimeProvider.System.GetUtcNow();
        Time("run", file, "--store", store, "--slots", slots, "--no-pages");
        using var read = Store.OpenForReading(store);
        var results = read.Studies.ResultsOf(read.Studies.Find(study)!.Hash).OrderBy(result => result.AcceptedAt).ToList();
        return ([.. results.Select(result => (result.AcceptedAt!.Value - began).TotalSeconds)], [.. results.Select(result => result.Seconds)]);
    }

    /// <summary>The problems of its catalog.</summary>
    public string[] Problems()
    {
        using var catalog = JsonDocument.Parse(Time("catalog", "problems", "--format", "json").Out);
        return [.. catalog.RootElement.GetProperty("problems").EnumerateArray().Select(entry => entry.GetProperty("kind").GetString()!).Where(kind => kind != "file")];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {_program}");
}
