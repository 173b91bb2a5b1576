using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Trials;

/// <summary>The identity of a trial: SHA-256 of its canonical description, 64 lower-case hexadecimal digits.</summary>
public readonly record struct TrialKey(string Hex)
{
    /// <summary>The first eight digits, for people.</summary>
    public string Short => Hex[..8];

    /// <inheritdoc/>
    public override string ToString() => Hex;
}

/// <summary>How long a trial trains: a number of steps or of seconds of training time, never both.</summary>
public sealed record Budget(int? Steps, double? Seconds)
{
    /// <summary>A budget of optimizer steps.</summary>
    public static Budget OfSteps(int steps) => new(steps, null);

    /// <summary>A budget of training time; evaluation on the test grid does not count.</summary>
    public static Budget OfSeconds(double seconds) => new(null, seconds);

    /// <inheritdoc/>
    public override string ToString() => Steps is { } n ? $"{n} steps" : $"{Seconds} s";
}

/// <summary>
/// Everything that determines what a trial computes, with every default filled in. Where and when it runs is not part of it.
/// </summary>
/// <param name="Levels">One level of each factor.</param>
/// <param name="Seed">The replicate; the same seed gives every method the same initial weights and first points.</param>
/// <param name="Budget">How long it trains.</param>
/// <param name="EvaluateEvery">Steps between evaluations on the test grid, which are the points of the curve.</param>
/// <param name="ConvergedBelow">A trial whose final relative L2 error, or <c>residual_l2</c> where no solution is known, is below this
/// counts as converged.</param>
public sealed record TrialDescription(CellLevels Levels, long Seed, Budget Budget, int EvaluateEvery, double ConvergedBelow)
{
    /// <summary>Changes whenever the same description would compute something else.</summary>
    public const int FormatVersion = 2;

    /// <summary>When it ends before its budget; null, as in most studies, trains to the end, and is no part of the text then.</summary>
    public StopRules? StopWhen { get; init; }

    /// <summary>The same training with another number of steps.</summary>
    public TrialDescription WithSteps(int steps) => this with { Budget = Budget.OfSteps(steps) };

    /// <summary>The canonical text: compact JSON, keys sorted, numbers in shortest round-trip form.</summary>
    public string Canonical()
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, SpecValue>(StringComparer.Ordinal);
        entries["format"] = new SpecValue.Number(FormatVersion);
        entries["problem"] = Levels.Problem.ToMap();
        entries["network"] = Levels.Network.ToMap();
        entries["balancer"] = Levels.Balancer.ToMap();
        entries["sampler"] = Levels.Sampler.ToMap();
        entries["optimizer"] = Levels.Optimizer.ToMap();
        entries["time"] = Levels.Time.ToMap();
        entries["precision"] = new SpecValue.Text(Levels.Precision.ToWord());
        entries["seed"] = new SpecValue.Number(Seed);
        entries["budget"] = new SpecValue.Map(ImmutableSortedDictionary.Create<string, SpecValue>(StringComparer.Ordinal).Add(
            Budget.Steps is null ? "seconds" : "steps",
            new SpecValue.Number(Budget.Steps ?? Budget.Seconds!.Value)));
        entries["evaluate_every"] = new SpecValue.Number(EvaluateEvery);
        entries["converged_below"] = new SpecValue.Number(ConvergedBelow);
        if (StopWhen is { } rules)
        {
            entries["stop_when"] = rules.ToMap();
        }

        return new SpecValue.Map(entries.ToImmutable()).Canonical();
    }

    /// <summary>SHA-256 of <see cref="Canonical"/>.</summary>
    public TrialKey Key() => new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical()))));

    /// <summary>The inverse of <see cref="Canonical"/>.</summary>
    /// <exception cref="JsonException">The text is not a description of this format version.</exception>
    public static TrialDescription Parse(string canonical)
    {
        using var document = JsonDocument.Parse(canonical);
        var map = (SpecValue.Map)SpecValue.FromJson(document.RootElement);
        return map.Integer("format") == FormatVersion
            ? Read(map, name => Level.FromMap((SpecValue.Map)map.Entries[name]))
            : throw new JsonException($"trial description of format {map.Integer("format")}; this version reads {FormatVersion}");
    }

    /// <summary>
    /// What a reader of results needs of a description of any format version: a trial is not trained by it. A factor that the version did
    /// not know yet is <c>none</c>, which is what every trial of it did.
    /// </summary>
    /// <exception cref="JsonException">The text is no description.</exception>
    public static TrialDescription ParseStored(string canonical)
    {
        try
        {
            using var document = JsonDocument.Parse(canonical);
            var map = (SpecValue.Map)SpecValue.FromJson(document.RootElement);
            return Read(map, name => map.Entries.GetValueOrDefault(name) switch
            {
                SpecValue.Map level => Level.FromMap(level),
                SpecValue.Text kind => Level.Of(kind.Value),
                _ => Level.Of("none"),
            });
        }
        catch (Exception broken) when (broken is KeyNotFoundException or InvalidCastException or InvalidOperationException or NullReferenceException or OverflowException)
        {
            throw new JsonException($"no description of a trial: {broken.Message}", broken);
        }
    }

    private static TrialDescription Read(SpecValue.Map map, Func<string, Level> level)
    {
        var budget = map.OptionalMap("budget")!;
        return new(
            new(level("problem"), level("network"), level("balancer"), level("sampler"), level("optimizer"), level("time"), PrecisionWords.FromWord(map.Text("precision"))!.Value),
            checked((long)map.Number("seed")),
            new(budget.OptionalNumber("steps") is { } steps ? checked((int)steps) : null, budget.OptionalNumber("seconds")),
            map.Integer("evaluate_every"),
            map.Number("converged_below"))
        {
            StopWhen = StopRules.FromMap(map.OptionalMap("stop_when")),
        };
    }
}
