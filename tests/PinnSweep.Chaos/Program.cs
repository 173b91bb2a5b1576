using System.Globalization;
using System.Runtime.InteropServices;
using PinnSweep.Chaos;
using PinnSweep.Studies.Mistakes;

using var ended = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, End);
try
{
    var options = ChaosOptions.Parse(args);
    return await (options.Busy is { } busy ? new BusyRun(options, busy).RunAsync(ended.Token) : new ChaosRun(options).RunAsync(ended.Token));
}
catch (UserMistakeException mistake)
{
    await Console.Error.WriteLineAsync(mistake.Message);
    return 1;
}
catch (OperationCanceledException) when (ended.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("tests/chaos: ended by a signal; its nodes, trainers and database server are ended too");
    return 130;
}

// The processes that were started here are ended on the way out, so the signal must not end this one first.
void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    _ = ended.CancelAsync();
}

/// <summary>What was asked for.</summary>
/// <param name="Busy">Busy loops beside a run without blows; null for a run with blows.</param>
/// <param name="Minutes">How long blows fall.</param>
/// <param name="Seed">Which blows, in which order.</param>
/// <param name="Trials">Trials of the study.</param>
/// <param name="Steps">Steps of a trial that is really trained.</param>
/// <param name="Keep">Keep logs and databases.</param>
internal sealed record ChaosOptions(double Minutes, long Seed, int Trials, bool Keep, int? Busy, int Steps)
{
    private const int UsualPurse = 100;

    /// <summary>A study that searches, with so many proposals a search, in place of one that only trains.</summary>
    public bool IsSearch { get; init; }

    /// <summary>Workers of a run with blows.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>Trials that share a trainer in a run with blows.</summary>
    public int Lanes { get; init; } = 1;

    private static readonly string[] Known = ["--minutes", "--seed", "--trials", "--keep", "--busy", "--core", "--steps", "--search", "--workers", "--lanes"];

    public static ChaosOptions Parse(string[] arguments)
    {
        var options = new ChaosOptions(10, 1, 0, false, null, 1000);
        for (var i = 0; i < arguments.Length; i++)
        {
            double Number(double least) => ++i < arguments.Length && double.TryParse(arguments[i], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least
                ? value
                : throw new UserMistakeException($"{arguments[i - 1]}: expected a number of at least {least}");
            options = arguments[i] switch
            {
                "--minutes" => options with { Minutes = Number(0) },
                "--seed" => options with { Seed = (long)Number(0) },
                "--trials" => options with { Trials = (int)Number(1) },
                "--keep" => options with { Keep = true },
                "--search" => options with { IsSearch = true },
                "--workers" => options with { Workers = (int)Number(1) },
                "--lanes" => options with { Lanes = (int)Number(1) },
                "--busy" => options with { Busy = (int)Number(0) },
                "--steps" => options with { Steps = (int)Number(1) },
                var unknown => throw new UserMistakeException($"tests/chaos: unknown option {unknown}{NearestMatch.Hint(unknown, Known)}"),
            };
        }

        return options with { Trials = options.Trials > 0 ? options.Trials : options.IsSearch ? UsualPurse : options.Busy is null ? 1000 * Math.Max(2, options.Lanes) : 200 };
    }
}
