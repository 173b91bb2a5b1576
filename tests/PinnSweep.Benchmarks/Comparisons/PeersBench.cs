using System.Globalization;
using System.Text.Json;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Comparisons;

/// <summary>A row of <c>bench peers</c>: median milliseconds of a step, or of an iteration of L-BFGS, by the program that took it.</summary>
internal sealed record PeersRow(string Case, string Name, IReadOnlyDictionary<string, double> Ms)
{
    /// <summary>A program's time over ours.</summary>
    public double? Ratio(string peer) => Ms.TryGetValue(peer, out var other) && Ms.TryGetValue(PeersBench.Ours, out var own) ? other / own : null;
}

/// <summary>
/// Whole training steps of this program, of plain PyTorch and of DeepXDE on the same trainings, in turns, medians over rounds. The Python
/// programs have a tuned allocator. What this program does beside the step is in it; tests and prints of the others are not.
/// </summary>
internal static class PeersBench
{
    public const string Ours = "ours";

    private const double WarmUpMilliseconds = 1000;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly (string Name, string Script, string[] Modules)[] Peers =
    [
        ("torch", "plain_torch.py", ["torch"]),
        ("deepxde", "deepxde_peer.py", ["torch", "deepxde"]),
    ];

    public static int Run(ReadOnlySpan<string> args)
    {
        var (json, rounds, threads, python, clock) = (false, 5, 1, "python3", "wall");
        string[] only = [.. PeerCase.All.Select(work => work.Letter)];
        string[] programs = [Ours, .. Peers.Select(peer => peer.Name)];
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--only": only = Known("case", Value(args), only); break;
                case "--peers": programs = Known("program", Value(args), programs); break;
                case "--python": python = Value(args); break;
                case "--clock": clock = Value(args); break;
                case "--rounds": rounds = Counts.Of(Value(args)); break;
                case "--threads": threads = Counts.Of(Value(args)); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'peers'; there are --json, --only, --peers, --python, --rounds, --threads and --clock.");
            }
        }

        _ = StepClock.Of(clock);
        string[] modules = [.. Peers.Where(peer => programs.Contains(peer.Name)).SelectMany(peer => peer.Modules).Distinct()];
        var found = modules.Length == 0 ? null : PeerPython.Find(python, modules);
        var rows = new List<PeersRow>();
        foreach (var work in PeerCase.All.Where(work => only.Contains(work.Letter)))
        {
            rows.Add(Time(work, programs, found, threads, rounds, clock));
            if (!json)
            {
                Print(rows[^1], programs, isFirst: rows.Count == 1);
            }
        }

        Console.WriteLine(json ? JsonSerializer.Serialize(rows, Json) : Summary(rows, found));
        return 0;
    }

    private static PeersRow Time(PeerCase work, string[] programs, PeerPython? python, int threads, int rounds, string clock)
    {
        var timers = new List<IStepTimer>();
        try
        {
            timers.AddRange(programs.Select(program => program == Ours
                ? new ContenderTimer(new TrainingContender(work.Trial()), StepClock.Of(clock))
                : (IStepTimer)python!.Start(Peers.Single(peer => peer.Name == program).Script, work, threads, clock)));
            timers.ForEach(timer => timer.WarmUp(WarmUpMilliseconds, sliceMilliseconds: 0));
            var times = programs.ToDictionary(program => program, _ => new double[rounds]);
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < programs.Length; i++)
                {
                    // What a program had in caches and memory, the others have displaced meanwhile.
                    timers[i].Time(1);
                    times[programs[i]][round] = timers[i].Time(work.Steps);
                }
            }

            return new(work.Letter, work.Name, times.ToDictionary(entry => entry.Key, entry => Arithmetic.Median(entry.Value)));
        }
        finally
        {
            timers.ForEach(timer => timer.Dispose());
        }
    }

    private static void Print(PeersRow row, string[] programs, bool isFirst)
    {
        string[] others = programs.Contains(Ours) ? [.. programs.Where(program => program != Ours)] : [];
        if (isFirst)
        {
            Console.WriteLine($"{"",-3}{"",-44}{string.Concat(programs.Select(program => $"{$"{program} ms",12}"))}{string.Concat(others.Select(other => $"{$"× {other}",12}"))}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Case,-3}{row.Name,-44}{string.Concat(programs.Select(program => row.Ms[program].ToString("f2", CultureInfo.InvariantCulture).PadLeft(12)))}{string.Concat(others.Select(other => row.Ratio(other)!.Value.ToString("f2", CultureInfo.InvariantCulture).PadLeft(12)))}"));
    }

    private static string Summary(List<PeersRow> rows, PeerPython? python)
    {
        var means = Peers.Where(peer => rows.All(row => row.Ratio(peer.Name) is not null)).Select(peer => string.Create(
            CultureInfo.InvariantCulture,
            $"over {peer.Name}: geometric mean {Math.Exp(rows.Average(row => Math.Log(row.Ratio(peer.Name)!.Value))):f2}, at least {rows.Min(row => row.Ratio(peer.Name)!.Value):f2}"));
        return string.Join(Environment.NewLine, [.. means, .. python is null ? Array.Empty<string>() : [$"{python.Description}, {(Allocator.IsTunable ? Allocator.Tuned : "the allocator as it is")}"]]);
    }

    private static string[] Known(string what, string list, string[] known)
    {
        var words = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.FirstOrDefault(word => !known.Contains(word)) is { } other
            ? throw new UserMistakeException($"{NearestMatch.Quote(other)} is no {what} of 'peers'; there are {string.Join(", ", known)}{NearestMatch.Hint(other, known)}")
            : [.. known.Where(words.Contains)];
    }
}
