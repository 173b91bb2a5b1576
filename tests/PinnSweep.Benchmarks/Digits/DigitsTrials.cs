using System.Globalization;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Benchmarks.Digits;

/// <summary>
/// Short trials over the whole catalog: every kind of every factor by its bare name and with each other word that a parameter takes, on the
/// first problem that it can be trained on.
/// </summary>
internal static class DigitsTrials
{
    private const string Steps = "12";

    // What a bare name cannot say.
    private static readonly (Factor Factor, string Level)[] Given =
    [
        (Factor.Optimizer, "{kind: phases, phases: [{kind: adam, steps: 6}, lbfgs]}"),
        (Factor.Optimizer, "{kind: phases, phases: [{kind: soap, steps: 6}, ssbroyden]}"),
        (Factor.Optimizer, "{kind: adam, decay: {rate: 0.9, every: 4}}"),
        (Factor.Balancer, "{kind: static, weights: {boundary: 10}}"),
        (Factor.Sampler, "{kind: uniform, resample_every: 3}"),
        (Factor.Sampler, "{kind: rad, every: 4}"),
        (Factor.Sampler, "{kind: rar-d, every: 4}"),
        (Factor.Sampler, "{kind: residual-balanced, every: 4}"),
        (Factor.Sampler, "{kind: vpinn, nodes: 4, tests: 3}"),
        (Factor.Network, "{kind: mlp, hard: true}"),
        (Factor.Network, "{kind: pirate-net, hard: true}"),
        (Factor.Time, "{kind: curriculum, parameter: beta, values: [1, 3]}"),
        (Factor.Time, "{kind: curriculum, parameter: a2, values: [1]}"),
        (Factor.Time, "{kind: windows, count: 3}"),
        (Factor.Time, "{kind: causal, chunks: 4}"),
    ];

    private static readonly string[] Problems = ["{kind: helmholtz, a2: 2}", "{kind: convection, beta: 5}", "{kind: convection, beta: 5, periodicity: soft}", "burgers", "burgers-inverse"];

    /// <summary>The trials, with what is said of each.</summary>
    public static IEnumerable<(string Name, TrialDescription Description)> All()
    {
        foreach (var problem in Variants(Factor.Problem))
        {
            if (Plan(Factor.Problem, problem, problem) is { } description)
            {
                yield return ($"problem {problem}", description);
            }
        }

        foreach (var factor in (Factor[])[Factor.Network, Factor.Balancer, Factor.Sampler, Factor.Optimizer, Factor.Time])
        {
            foreach (var level in Variants(factor).Concat(Given.Where(given => given.Factor == factor).Select(given => given.Level)))
            {
                if (Problems.Select(problem => Plan(factor, level, problem)).FirstOrDefault(plan => plan is not null) is { } description)
                {
                    yield return ($"{factor.ToWord()} {level}", description);
                }
            }
        }
    }

    private static IEnumerable<string> Variants(Factor factor)
    {
        foreach (var entry in PinnCatalog.Instance.Of(factor).Where(entry => entry.FromFile is null))
        {
            if (entry.Parameters.All(parameter => parameter.Default is not null))
            {
                yield return entry.Kind;
                foreach (var (name, word) in entry.Parameters.SelectMany(Words))
                {
                    yield return $"{{kind: {entry.Kind}, {name}: {word}}}";
                }
            }
        }
    }

    private static IEnumerable<(string Name, string Word)> Words(Parameter parameter) => parameter.Type switch
    {
        ParameterType.Choice choice => choice.Words.Where(word => parameter.Default is not SpecValue.Text text || text.Value != word).Select(word => (parameter.Name, word)),
        ParameterType.Flag => [(parameter.Name, parameter.Default is SpecValue.Flag { Value: true } ? "false" : "true")],
        _ => [],
    };

    /// <summary>The trial, or null where the level does not go with the problem. What does not go with Adam may scale its direction itself.</summary>
    private static TrialDescription? Plan(Factor factor, string level, string problem) =>
        Plan(factor, level, problem, "adam") ?? (factor == Factor.Balancer ? Plan(factor, level, problem, "sgd") : null);

    private static TrialDescription? Plan(Factor factor, string level, string problem, string optimizer)
    {
        var text = $$"""
            study: digits
            seeds: [3]
            precision: {{(factor is Factor.Problem or Factor.Optimizer ? "float64" : "float32")}}
            factors:
              problem: [{{problem}}]
              network: [{{Small(Factor.Network, factor == Factor.Network ? level : "mlp", "hidden: [10, 10]")}}]
              balancer: [{{(factor == Factor.Balancer ? level : "static")}}]
              sampler: [{{Small(Factor.Sampler, factor == Factor.Sampler ? level : "uniform", "interior: 64, boundary: 32, initial: 16, candidates: 200")}}]
              optimizer: [{{(factor == Factor.Optimizer ? level : optimizer)}}]
              time: [{{(factor == Factor.Time ? level : "none")}}]
            budget: {steps: {{Steps}}}
            evaluate_every: 6
            """;
        try
        {
            var plan = Planner.Plan(StudyFile.Parse(text, "digits.yaml", PinnCatalog.Instance), PinnCatalog.Instance);
            return plan.Trials.Length == 1 ? plan.Trials[0].Description : null;
        }
        catch (UserMistakeException)
        {
            return null;
        }
    }

    /// <summary>A level with those of the parameters given that it has and does not give itself.</summary>
    private static string Small(Factor factor, string level, string parameters)
    {
        var kind = level.Contains(':', StringComparison.Ordinal) ? level.Split("kind: ")[1].Split(',', '}')[0] : level;
        var known = PinnCatalog.Instance.Find(factor, kind)?.Parameters.Select(parameter => parameter.Name).ToHashSet() ?? [];
        var more = parameters.Split(", ", StringSplitOptions.None).Aggregate(
            new List<string>(),
            (all, part) =>
            {
                if (part.Contains(':', StringComparison.Ordinal))
                {
                    all.Add(part);
                }
                else
                {
                    all[^1] = string.Create(CultureInfo.InvariantCulture, $"{all[^1]}, {part}");
                }

                return all;
            }).Where(part => known.Contains(part.Split(':')[0]) && !level.Contains($"{part.Split(':')[0]}:", StringComparison.Ordinal));
        var given = level.Contains(':', StringComparison.Ordinal) ? level.Trim('{', '}') : $"kind: {level}";
        return $"{{{string.Join(", ", more.Prepend(given))}}}";
    }
}
