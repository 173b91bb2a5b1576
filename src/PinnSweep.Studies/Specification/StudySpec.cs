using System.Collections.Immutable;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Replication;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Specification;

/// <summary>A study file after parsing and checking: every default is filled in.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="Metric">The primary metric: <c>relative_l2</c>, <c>max_error</c>, <c>mse</c> or <c>residual_l2</c>.</param>
/// <param name="Seeds">The replicates.</param>
/// <param name="Factors">The levels of each factor; precision has levels too.</param>
/// <param name="Exclude">Cells that match a rule are left out.</param>
/// <param name="Budget">For every trial without an exception.</param>
/// <param name="EvaluateEvery">Steps between the points of a curve.</param>
/// <param name="ConvergedBelow">Threshold of the outcome <see cref="Outcome.Converged"/>.</param>
/// <param name="Control">The level that others are compared with, and its factor; null where the study names none.</param>
public sealed record StudySpec(
    string Name,
    string Metric,
    ImmutableArray<long> Seeds,
    ImmutableSortedDictionary<Factor, ImmutableArray<Level>> Factors,
    ImmutableArray<ExcludeRule> Exclude,
    Budget Budget,
    int EvaluateEvery,
    double ConvergedBelow,
    StudyControl? Control)
{
    /// <summary>What the study is about, for people; not part of any key.</summary>
    public string? Description { get; init; }

    /// <summary>What the study's author expects, for people; not part of any key. A lock keeps them.</summary>
    public ImmutableArray<string> Hypotheses { get; init; } = [];

    /// <summary>Cells that take another budget; the first that fits holds. Empty in stored plans, whose trials have their own.</summary>
    public ImmutableArray<BudgetException> BudgetExceptions { get; init; } = [];

    /// <summary>The budget of a cell's trials.</summary>
    public Budget BudgetOf(CellLevels cell) => BudgetExceptions.FirstOrDefault(exception => exception.Cells.Matches(cell))?.Budget ?? Budget;

    /// <summary>Published tables to compare with; not part of any key.</summary>
    public ImmutableArray<PublishedTable> Published { get; init; } = [];

    /// <summary>
    /// What file and catalog say of each level of <see cref="Factors"/>, in the same order; not part of any key. Empty where nobody knows
    /// any more.
    /// </summary>
    public ImmutableSortedDictionary<Factor, ImmutableArray<LevelNote>> Notes { get; init; } = ImmutableSortedDictionary<Factor, ImmutableArray<LevelNote>>.Empty;

    /// <summary>The ranges of each level of <see cref="Factors"/>, in the same order; empty where no level has any. What stands in
    /// <see cref="Factors"/> are the defaults.</summary>
    public ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace?>> Spaces { get; init; } = ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace?>>.Empty;

    /// <summary>The cells of a study with a design or with methods, which are not all combinations of its levels; null where they are.</summary>
    public ImmutableArray<CellLevels>? Combinations { get; init; }

    /// <summary>Methods that set several factors at once; null where levels are compared as they are.</summary>
    public NamedMethods? Methods { get; init; }

    /// <summary>The design that made <see cref="Combinations"/>, for people; null where none did, and in stored plans.</summary>
    public DesignSpec? Design { get; init; }

    /// <summary>The points of the design, by what is varied; for people, and empty in stored plans.</summary>
    public ImmutableArray<DesignedSpace> Designed { get; init; } = [];

    /// <summary>The combinations of levels that a design was laid over, each with its ranges; empty without a design.</summary>
    public ImmutableArray<ImmutableSortedDictionary<Factor, ImmutableArray<LevelSpace>>> DesignedOver { get; init; } = [];

    /// <summary>Searches before the evaluation; null where there are none.</summary>
    public TuneSpec? Tune { get; init; }

    /// <summary>Seeds until comparisons are decided; null trains all of <see cref="Seeds"/>.</summary>
    public ReplicateSpec? Replicate { get; init; }

    /// <summary>When trials end before their budget; null trains all to the end.</summary>
    public StopRules? StopWhen { get; init; }

    /// <summary>What a trial of the study computes.</summary>
    /// <param name="levels">Its cell.</param>
    /// <param name="seed">The replicate.</param>
    /// <param name="steps">The steps of its rung; null for the budget of the study.</param>
    public TrialDescription Describe(CellLevels levels, long seed, int? steps = null) =>
        new(levels, seed, steps is { } count ? Budget.OfSteps(count) : BudgetOf(levels), EvaluateEvery, ConvergedBelow) { StopWhen = StopWhen };

    /// <summary>Whether later trials depend on the results of earlier ones.</summary>
    public bool IsStaged => Tune is not null || Replicate is not null;

    /// <summary>The ranges of a level; null where it has none.</summary>
    public LevelSpace? SpaceOf(Factor factor, Level level) =>
        Spaces.TryGetValue(factor, out var spaces) && Factors[factor].IndexOf(level) is >= 0 and var index ? spaces[index] : null;

    /// <summary>The note of a level; null where there is none.</summary>
    public LevelNote? NoteOf(Factor factor, Level level) =>
        Notes.TryGetValue(factor, out var notes) && Factors[factor].IndexOf(level) is >= 0 and var index && index < notes.Length ? notes[index] : null;
}

/// <summary>What a study file and the catalog of its day say of a level beside its parameters: for people, no part of any key.</summary>
/// <param name="Label">The label that the file gives; null where tables make one.</param>
/// <param name="NotDefault">Parameters whose value is not the default, or that have none; of a problem file, constants that the study sets
/// otherwise.</param>
/// <param name="LeftOut">Parameters that the level leaves out (<see cref="Parameter.Absent"/>), with the value that this means.</param>
public sealed record LevelNote(string? Label, ImmutableArray<string> NotDefault, SpecValue.Map LeftOut);

/// <summary>Cells that take another budget than the rest of the study, as where a source trains its adaptive methods longer.</summary>
public sealed record BudgetException(ExcludeRule Cells, Budget Budget);

/// <summary>A level of one factor that the report compares all others of that factor with.</summary>
public sealed record StudyControl(Factor Factor, Level Level);

/// <summary>A rule of <c>exclude</c>: it matches a cell whose levels carry every listed kind and parameter.</summary>
/// <param name="Conditions">Per factor the kind (null for any) and the parameters that must be equal.</param>
public sealed record ExcludeRule(ImmutableSortedDictionary<Factor, LevelPattern> Conditions)
{
    /// <summary>Whether the rule leaves the cell out.</summary>
    public bool Matches(CellLevels cell) => Conditions.All(condition => condition.Value.Matches(cell[condition.Key]));

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Conditions.Select(condition => $"{condition.Key.ToWord()} {condition.Value}"));
}

/// <summary>Part of a level.</summary>
public sealed record LevelPattern(string? Kind, SpecValue.Map Parameters)
{
    /// <summary>Parameters with the value that levels leave out (<see cref="Parameter.Absent"/>).</summary>
    public SpecValue.Map LeftOut { get; init; } = SpecValue.Map.Empty;

    /// <summary>The label by which the file names the level; null where it names kind and parameters.</summary>
    public string? Label { get; init; }

    /// <summary>Whether the level has the kind and every listed parameter.</summary>
    public bool Matches(Level level) =>
        (Kind is null || level.Kind == Kind) &&
        Parameters.Entries.All(entry => level.Parameters.Entries.GetValueOrDefault(entry.Key) == entry.Value) &&
        !LeftOut.Entries.Keys.Any(level.Parameters.Entries.ContainsKey);

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Label is not null)
        {
            return Label;
        }

        var all = new SpecValue.Map(Parameters.Entries.SetItems(LeftOut.Entries));
        return all.Entries.Count == 0 ? Kind ?? "any" : $"{Kind ?? "any"} {all.Canonical()}";
    }
}
