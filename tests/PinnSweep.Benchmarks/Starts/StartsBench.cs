using System.Globalization;
using System.Text.Json;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Benchmarks.Starts;

/// <summary>One row of <c>bench starts</c>: medians, and what the first may be at most.</summary>
internal sealed record StartRow(string What, string Unit, double? Bar, double[] Medians);

/// <summary>
/// The seconds that a person feels: commands from Enter to their end, the first result of a run, and what short trials cost beside their
/// training. With another build the two are timed in turns.
/// </summary>
internal static class StartsBench
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static readonly string[] Parts = ["help", "finished", "first", "train", "short"];

    public static int Run(ReadOnlySpan<string> args)
    {
        var (json, rounds, trials, parts) = (false, 9, 100, Parts);
        string? against = null;
        for (var i = 0; i < args.Length; i++)
        {
            string Value(ReadOnlySpan<string> all) => ++i < all.Length ? all[i] : throw new UserMistakeException($"{all[i - 1]} needs a value.");
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--rounds": rounds = Number("--rounds", Value(args)); break;
                case "--trials": trials = Number("--trials", Value(args)); break;
                case "--against": against = Value(args); break;
                case "--only": parts = Value(args).Split(','); break;
                default: throw new UserMistakeException($"'{args[i]}' is no option of 'starts'.");
            }
        }

        if (parts.FirstOrDefault(part => !Parts.Contains(part)) is { } other)
        {
            throw new UserMistakeException($"--only {other}: expected some of {string.Join(", ", Parts)}{NearestMatch.Hint(other, Parts)}");
        }

        List<TimedProgram> programs = [new("this build", null)];
        try
        {
            if (against is not null)
            {
                programs.Add(new("the other", against));
            }

            foreach (var program in programs)
            {
                Console.Error.WriteLine(program);
            }

            var rows = Rows(programs, parts, rounds, trials);
            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(rows, Json));
                return 0;
            }

            Console.WriteLine($"{"",-58}{"at most",10}{string.Concat(programs.Select(program => $"{program.Name,14}"))}");
            foreach (var row in rows)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.What,-58}{row.Bar,8:0.##} {row.Unit,-1}{string.Concat(row.Medians.Select(median => string.Create(CultureInfo.InvariantCulture, $"{median,12:0.00} {row.Unit,-1}")))}"));
            }

            return 0;
        }
        finally
        {
            programs.ForEach(program => program.Dispose());
        }
    }

    private static IEnumerable<StartRow> Rows(List<TimedProgram> programs, string[] parts, int rounds, int trials)
    {
        foreach (var program in programs)
        {
            program.Write("small.yaml", Study("small", 3, "helmholtz", "[16, 16]", 200, null));
            program.Write("each-step.yaml", Study("each-step", trials, "burgers", "[50, 50, 50]", 100, null));
            program.Write("at-the-end.yaml", Study("at-the-end", trials, "burgers", "[50, 50, 50]", 100, 100));
        }

        StartRow Row(string what, string unit, double? bar, int times, Func<TimedProgram, double> measure)
        {
            var values = programs.Select(_ => new List<double>()).ToList();
            for (var round = 0; round < times; round++)
            {
                for (var i = 0; i < programs.Count; i++)
                {
                    values[i].Add(measure(programs[i]));
                }
            }

            return new(what, unit, bar, [.. values.Select(Median)]);
        }

        if (parts.Contains("help"))
        {
            yield return Row("--help", "s", 0.2, rounds, program => program.Time("--help").Seconds);
        }

        if (parts.Contains("finished"))
        {
            programs.ForEach(program => program.Time("run", "small.yaml", "--no-pages"));
            yield return Row("run of a finished study", "s", 1.5, rounds, program => program.Time("run", "small.yaml").Seconds);
            yield return Row("report of it", "s", null, rounds, program => program.Time("report", "small.yaml").Seconds);
        }

        if (parts.Contains("first"))
        {
            yield return Row("run: first short trial accepted", "s", 1.5, rounds, program => program.Accepted("small.yaml", "small", "2").Accepted[0]);
        }

        foreach (var problem in parts.Contains("train") ? programs[0].Problems() : [])
        {
            programs.ForEach(program => program.AroundTraining(problem));
            yield return Row($"train of {problem}, around its training", "s", 0.5, rounds, program => program.AroundTraining(problem));
        }

        if (parts.Contains("short"))
        {
            yield return Row($"{trials} × 100 steps of 3×50, evaluated once: over training", "×", 1.3, 3, program => OverTraining(program.Accepted("at-the-end.yaml", "at-the-end", "1")));
            yield return Row($"{trials} × 100 steps of 3×50, evaluated each step", "×", null, 3, program => OverTraining(program.Accepted("each-step.yaml", "each-step", "1")));
        }
    }

    /// <summary>Time from the first result to the last over the training time of those after the first.</summary>
    private static double OverTraining((double[] Accepted, double[] Trained) study) => (study.Accepted[^1] - study.Accepted[0]) / study.Trained.Skip(1).Sum();

    private static string Study(string name, int seeds, string problem, string hidden, int steps, int? every) => string.Create(CultureInfo.InvariantCulture, $$"""
        study: {{name}}
        seeds: {{seeds}}
        factors:
          problem: {{problem}}
          balancer: [static{{(every is null && steps > 100 ? ", relobralo" : "")}}]
          network: {kind: mlp, hidden: {{hidden}}}
        budget: {steps: {{steps}}}
        {{(every is { } cadence ? $"evaluate_every: {cadence}" : "")}}
        """);

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }

    private static int Number(string option, string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        ? number
        : throw new UserMistakeException($"{option} {text}: expected a whole number of at least 1");
}
