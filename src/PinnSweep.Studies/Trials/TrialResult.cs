using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace PinnSweep.Studies.Trials;

/// <summary>What science says of a finished trial.</summary>
public enum Outcome
{
    /// <summary>
    /// The relative L2 error at the end, or <c>residual_relative</c> where no solution is known (<c>residual_l2</c> in results of versions
    /// that did not measure it), is below the description's threshold.
    /// </summary>
    Converged,

    /// <summary>The budget ended above the threshold.</summary>
    Stalled,

    /// <summary>A loss, gradient or parameter became non-finite.</summary>
    Diverged,

    /// <summary>
    /// The network settled on a (nearly) constant solution while the true one is not, or on another field that solves nothing
    /// (<see cref="TrialResult.SettledOn"/>).
    /// </summary>
    Trivial,
}

/// <summary>One evaluation on the test grid. Dictionaries are keyed by loss term in the problem's order.</summary>
/// <param name="Step">Optimizer steps taken before.</param>
/// <param name="Seconds">Training time so far, evaluations excluded.</param>
/// <param name="RelativeL2">‖u − u*‖₂ / ‖u*‖₂ on the test grid; not a number where the problem has no known solution.</param>
/// <param name="MaxError">Largest absolute error on the test grid.</param>
/// <param name="Losses">Unweighted mean squared residual of each term on its current points.</param>
/// <param name="Weights">Weight of each term; for weights of points, their mean.</param>
public sealed record CurvePoint(
    int Step,
    double Seconds,
    double RelativeL2,
    double MaxError,
    ImmutableArray<double> Losses,
    ImmutableArray<double> Weights)
{
    /// <summary>The name in <see cref="Metrics"/>, and in study files, of the metric that needs no solution.</summary>
    public const string ResidualL2 = "residual_l2";

    /// <summary>The beginning of the names in <see cref="Metrics"/> of the relative L2 errors of single outputs, which follow.</summary>
    public const string RelativeL2Of = "relative_l2/";

    /// <summary>
    /// The name of the measure that outcomes go by where no solution is known: the largest residual of a term relative to what the term
    /// itself amounts to. Units and scales do not change it.
    /// </summary>
    public const string ResidualRelative = "residual_relative";

    /// <summary>
    /// Further measures by name: <c>residual_l2</c> (√Σ over all terms of the mean square residual at points of its own, relative to the
    /// term's scale; the weights of a method never enter), and where no solution is known <c>residual_relative</c>. For problems that have
    /// them <c>relative_l2/OUTPUT</c> (where there are several), <c>constraint/TERM</c> (the same of one condition alone),
    /// <c>spectrum/low</c>, <c>middle</c> and <c>high</c> (the relative error's parts by wave number), <c>coefficient/NAME</c> and
    /// <c>coefficient-error/NAME</c> (relative).
    /// </summary>
    public ImmutableSortedDictionary<string, double> Metrics { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>
    /// What the outcome goes by: the relative L2 error, or where no solution is known <see cref="ResidualRelative"/>, of versions that did
    /// not measure it <see cref="ResidualL2"/>; NaN where none was measured.
    /// </summary>
    public double Yardstick() =>
        !double.IsNaN(RelativeL2) ? RelativeL2
        : Metrics.TryGetValue(ResidualRelative, out var relative) ? relative
        : Metrics.GetValueOrDefault(ResidualL2, double.NaN);
}

/// <summary>What a reader needs to get the same number again.</summary>
public sealed record Evidence(
    string Commit,
    ImmutableSortedDictionary<string, string> Versions,
    string Machine,
    string Engine,
    ImmutableArray<string> Streams,
    DateTimeOffset Started,
    DateTimeOffset Finished)
{
    /// <summary>The card that the engine ran on; null for processors, and in results of versions that did not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrialDevice? Device { get; init; }

    /// <summary>Trials that the process had room for; null in results of versions that did not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Lanes { get; init; }

    /// <summary>How many others the process trained beside this one, at the most at a time; null as for <see cref="Lanes"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Beside { get; init; }

    /// <summary>Where the training began that did not begin at step 0; null of most.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Continuation? WentOn { get; init; }
}

/// <summary>The record of a finished trial: written by the trainer, stored as it is, read by the reports.</summary>
/// <param name="Key">The trial.</param>
/// <param name="Description">Its canonical description.</param>
/// <param name="Outcome">What science says of it.</param>
/// <param name="Steps">Optimizer steps taken.</param>
/// <param name="ParameterCount">Length of θ.</param>
/// <param name="Seconds">Training time over all attempts that led here, evaluations excluded.</param>
/// <param name="Terms">Names of the loss terms in the problem's order.</param>
/// <param name="Curve">Evaluations, the last one being the result.</param>
/// <param name="Events">Counts of what was kept out or clamped, by name (for instance <c>non-finite-weight</c>).</param>
/// <param name="Evidence">Where the number comes from.</param>
public sealed record TrialResult(
    TrialKey Key,
    string Description,
    Outcome Outcome,
    int Steps,
    int ParameterCount,
    double Seconds,
    ImmutableArray<string> Terms,
    ImmutableArray<CurvePoint> Curve,
    ImmutableSortedDictionary<string, int> Events,
    Evidence Evidence)
{
    /// <summary>What whoever uses the result has to know of its methods, for instance a patent claim; empty for most.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];

    /// <summary>Role and scale of each of <see cref="Terms"/>; empty in records that did not keep them.</summary>
    public ImmutableArray<TermTrait> TermTraits { get; init; } = [];

    /// <summary>
    /// The steps after which a training went on to another stage (windows of time, a curriculum), where losses jump because the problem
    /// changes; empty for a training of one stage.
    /// </summary>
    public ImmutableArray<int> StageEnds { get; init; } = [];

    /// <summary>
    /// Mean of u*² over the test grid, by which a mean squared error follows from <see cref="CurvePoint.RelativeL2"/>; null in results of
    /// versions that did not measure it.
    /// </summary>
    public double? ReferenceMeanSquare { get; init; }

    /// <summary>The solution at the end, thinned, for figures; null where the problem has not two coordinates.</summary>
    public SolutionField? Field { get; init; }

    /// <summary>The relative error of the solution that errors were measured against; null where it is not known.</summary>
    public double? Floor { get; init; }

    /// <summary>
    /// The relative L2 errors of fields that solve nothing, by name: <c>zero</c>, <c>mean</c>, <c>initial</c> (the initial condition at all
    /// times) and constant states such as <c>u=1</c>; null where no solution is known, and in results of versions that did not measure
    /// them.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, double>? TrivialScores { get; init; }

    /// <summary>The name of the one that the network settled on; null where it did on none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SettledOn { get; init; }

    /// <summary>How large the problem's quantities are; null in results of versions that did not measure them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrialSizes? Sizes { get; init; }

    /// <summary>Where a diverged training met the first value that is not finite; null where it did not diverge, or by an update.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NonFinitePlace? NonFinite { get; init; }

    /// <summary>
    /// The rule of <see cref="StopRules"/> that ended the training before its budget, so that its error is not that of the budget; null
    /// where none did.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StoppedBy { get; init; }

    /// <summary>The last evaluation.</summary>
    public CurvePoint Final => Curve[^1];
}
