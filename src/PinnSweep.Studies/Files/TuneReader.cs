using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Searches;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Studies.Files;

/// <summary>Reads <c>tune</c>: searches with an equal purse.</summary>
internal sealed class TuneReader(SourceNode.Map study, Catalog catalog, MistakeList mistakes)
{
    public const string Key = "tune";
    private const string Example = "{each: [problem, balancer], design: sobol, trials: 20, seeds: {from: 100001, count: 2}}";
    private const long UsualFirstSeed = 100001;
    private const int MaximumTrials = 100_000;
    private const int MaximumSeeds = 1000;
    private const int UsualGeneration = 4;
    private static readonly string[] Keys = ["each", "design", "trials", "seconds", "first", "seeds", "by", "rungs", "generation", "seed"];

    public TuneSpec? Read(Dictionary<Factor, List<PlacedLevel>> factors, ImmutableArray<long> evaluation, Budget? budget, IReadOnlyList<string> metrics)
    {
        var before = mistakes.Count;
        if (SectionReader.Open(study, Key, Example, Keys, mistakes) is not { } section)
        {
            return null;
        }

        var each = Each(section);
        var design = section.Word("design", [.. DesignWords.All.Select(kind => kind.ToWord())]) is { } word ? DesignWords.FromWord(word)!.Value : DesignKind.Sobol;
        var trials = section.Number("trials", new ParameterType.Integer(1, MaximumTrials));
        var seconds = section.Number("seconds", new ParameterType.Number(0, 1e9, ExclusiveMinimum: true));
        if (section.Node("trials") is null == section.Node("seconds") is null)
        {
            section.Refuse(section.Node("trials") is null ? "trials" : "seconds", $"the purse of each search: expected trials: N or seconds: T; found {(section.Node("trials") is null ? "neither" : "both")}");
        }

        var first = section.Word("first", ["defaults", "none"]) ?? "defaults";
        var seeds = Seeds(section, evaluation);
        var by = section.Word("by", metrics) ?? CurvePoint.ResidualL2;
        var rungs = Rungs(section, budget, design, factors);
        var generation = section.Number("generation", new ParameterType.Integer(1, 1000)) ?? UsualGeneration;
        var seed = section.Number("seed", new ParameterType.Integer(0)) ?? 1;
        if (!design.CanGrow() && seconds is not null)
        {
            section.Refuse("design", $"{design.ToWord()} is laid out for a number of points, and how many the seconds are enough for nobody knows; use sobol, halton, random or tpe, or a purse of trials");
        }

        if (section.Node("generation") is not null && seconds is null && design is not DesignKind.Tpe)
        {
            section.Refuse("generation", $"only tpe, and a purse of seconds, propose a few at a time; {design.ToWord()} proposes all at once");
        }

        if (design == DesignKind.External && first != "defaults")
        {
            section.Refuse("first", "design external begins with the defaults, so that there is something to learn from; leave 'first' out");
        }

        if (design == DesignKind.External && section.Node("seconds") is not null)
        {
            section.Refuse("seconds", "design external takes a purse of trials: N, so that everybody knows how many proposals are still awaited");
        }

        if (mistakes.Count > before)
        {
            return null;
        }

        var tune = new TuneSpec(each, design, (int?)trials, seconds, first == "defaults", seeds, by, rungs, (int)generation, (long)seed);
        CheckSpaces(section, tune, factors);
        return mistakes.Count == before ? tune : null;
    }

    private ImmutableArray<Factor> Each(SectionReader section)
    {
        if (section.Node("each") is not { } node)
        {
            return [Factor.Problem, Factor.Balancer];
        }

        var words = node is SourceNode.List list ? list.Items : [node];
        var each = ImmutableArray.CreateBuilder<Factor>();
        foreach (var word in words)
        {
            if ((word as SourceNode.Scalar)?.Text is not { } text || FactorWords.FromWord(text) is not { } factor)
            {
                mistakes.Add(word.Place, $"{Key}.each", $"expected factors, for instance [problem, balancer]; found {word.Words}{NearestMatch.Hint((word as SourceNode.Scalar)?.Text ?? "", FactorWords.All.Select(known => known.ToWord()))}");
            }
            else if (each.Contains(factor))
            {
                mistakes.Add(word.Place, $"{Key}.each", $"'{text}' stands twice");
            }
            else
            {
                each.Add(factor);
            }
        }

        // What is learned of one problem is not carried to another.
        return each.Contains(Factor.Problem) ? [.. each.Order()] : [.. each.Append(Factor.Problem).Order()];
    }

    private ImmutableArray<long> Seeds(SectionReader section, ImmutableArray<long> evaluation)
    {
        ImmutableArray<long> seeds;
        switch (section.Node("seeds"))
        {
            case null:
                seeds = [UsualFirstSeed];
                break;
            case SourceNode.Map map:
                var inner = new SectionReader(map, $"{Key}.seeds", mistakes);
                foreach (var unknown in map.Entries.Where(entry => entry.Key is not ("from" or "count")))
                {
                    mistakes.Add(unknown.Place, $"{Key}.seeds", $"unknown key {NearestMatch.Quote(unknown.Key)}{NearestMatch.Hint(unknown.Key, ["from", "count"])}");
                }

                var from = inner.Number("from", new ParameterType.Number(-ValueReader.LargestExact, ValueReader.LargestExact - MaximumSeeds)) ?? UsualFirstSeed;
                var count = inner.Number("count", new ParameterType.Integer(1, MaximumSeeds)) ?? 1;
                if (Math.Floor(from) != from)
                {
                    inner.Refuse("from", "expected a whole number");
                    return [];
                }

                seeds = [.. Enumerable.Range(0, (int)count).Select(i => (long)from + i)];
                break;
            case SourceNode.List list:
                seeds = new SeedReader(mistakes).Read(list);
                break;
            case var other:
                mistakes.Add(other.Place, $"{Key}.seeds", $"expected {{from: {UsualFirstSeed}, count: 2}} or a list of seeds; found {other.Words}");
                return [];
        }

        var shared = seeds.Intersect(evaluation).Order().ToList();
        if (shared.Count > 0)
        {
            section.Refuse("seeds", FormattableString.Invariant($"seed {shared[0]}{(shared.Count > 1 ? $" and {shared.Count - 1} more are" : " is")} of the evaluation too, which tells nothing then of what was chosen by {(shared.Count > 1 ? "them" : "it")}; use others, for instance {{from: {UsualFirstSeed}, count: {seeds.Length}}}"));
        }

        return seeds;
    }

    private RungSpec? Rungs(SectionReader section, Budget? budget, DesignKind design, Dictionary<Factor, List<PlacedLevel>> factors)
    {
        if (section.Node("rungs") is not { } node)
        {
            return null;
        }

        if (node is not SourceNode.Map map)
        {
            mistakes.Add(node.Place, $"{Key}.rungs", $"expected {{steps: [1000, 4000, 16000], keep: 1/4}}; found {node.Words}");
            return null;
        }

        var inner = new SectionReader(map, $"{Key}.rungs", mistakes);
        foreach (var unknown in map.Entries.Where(entry => entry.Key is not ("steps" or "keep")))
        {
            mistakes.Add(unknown.Place, $"{Key}.rungs", $"unknown key {NearestMatch.Quote(unknown.Key)}{NearestMatch.Hint(unknown.Key, ["steps", "keep"])}");
        }

        if (inner.Node("steps") is null)
        {
            inner.Refuse("steps", "missing 'steps'; expected the steps at the end of each rung, for instance [1000, 4000, 16000]");
        }

        var steps = inner.Growing(inner.Node("steps"), "steps", 1, 2, "[1000, 4000, 16000]");
        var keep = inner.Node("keep") is { } share ? inner.Share(share, "keep") : 0.25;
        var refusal = design is DesignKind.Tpe ? "do not go with design tpe, which learns from trials of one length; use sobol, lhs, random, halton or grid"
            : design is DesignKind.External ? "do not go with design external; whoever proposes decides there how long to train"
            : budget is { Steps: null } ? "need a budget of steps; this study's is one of seconds"
            : steps is not null && budget is { Steps: { } most } && steps[^1] > most ? FormattableString.Invariant($"end at {steps[^1]} steps, beyond the budget of {most}")
            : section.Node("seconds") is not null ? "need a purse of trials; with seconds nobody knows how many begin"
            : WhyNoRungs(factors);
        if (refusal is not null)
        {
            mistakes.Add(map.Place, $"{Key}.rungs", refusal);
        }

        return steps is null || keep is null || refusal is not null ? null : new([.. steps], keep.Value);
    }

    /// <summary>The first level whose rank at a rung would tell little of its rank at the end.</summary>
    private string? WhyNoRungs(Dictionary<Factor, List<PlacedLevel>> factors) =>
        (from factor in FactorWords.All
         from placed in factors[factor]
         let reason = catalog.WhyNoRungs(factor, placed.Level)
         where reason is not null
         select $"rank trials by where they stand at a part of their budget, and {factor.ToWord()} '{placed.Level.Kind}' ({placed.Place}) {reason}; tune without rungs").FirstOrDefault();

    /// <summary>Something must be there to be varied, and defaults where they are asked for.</summary>
    private void CheckSpaces(SectionReader section, TuneSpec tune, Dictionary<Factor, List<PlacedLevel>> factors)
    {
        if (factors.All(factor => factor.Value.TrueForAll(level => level.Space is null) && (tune.Each.Contains(factor.Key) || factor.Value.Count == 1)))
        {
            section.Refuse("design", "nothing to tune: no level has a range; write for instance lr: {log: [1e-4, 1e-2]} in a level");
        }

        if (factors[Factor.Problem].Exists(level => level.Space is not null))
        {
            var problem = factors[Factor.Problem].Find(level => level.Space is not null)!;
            mistakes.Add(problem.Place, "factors.problem", "a problem's constants are what is asked, not what is tuned; write them as levels, or use a design");
        }

        foreach (var level in tune.FirstIsDefault ? factors.Values.SelectMany(levels => levels) : [])
        {
            if (level.Space?.Ranges.FirstOrDefault(range => range.Default is null) is { } without)
            {
                mistakes.Add(level.Place, Key, $"the first proposal of each search is the catalog's default, and parameter '{without.Name}' of '{level.Level.Kind}' has none; write first: none");
            }
        }
    }
}
