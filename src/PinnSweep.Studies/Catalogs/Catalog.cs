using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Catalogs;

/// <summary>What a study varies.</summary>
public enum Factor
{
    /// <summary>The partial differential equation with its domain and conditions.</summary>
    Problem,

    /// <summary>The architecture of the network.</summary>
    Network,

    /// <summary>The method that weighs the loss terms.</summary>
    Balancer,

    /// <summary>Where the collocation points lie.</summary>
    Sampler,

    /// <summary>What moves the parameters.</summary>
    Optimizer,

    /// <summary>What is done about time: in which order the moments of an evolution, or easier forms of a problem, are learned.</summary>
    Time,

    /// <summary>The arithmetic of the network passes.</summary>
    Precision,
}

/// <summary>The type of a parameter of a method, as a study file writes it.</summary>
public abstract record ParameterType
{
    private ParameterType()
    {
    }

    /// <summary>A number within closed bounds (<see cref="ExclusiveMinimum"/> opens the lower one).</summary>
    public sealed record Number(double Minimum = double.NegativeInfinity, double Maximum = double.PositiveInfinity, bool ExclusiveMinimum = false) : ParameterType;

    /// <summary>A whole number within closed bounds.</summary>
    public sealed record Integer(long Minimum = long.MinValue, long Maximum = long.MaxValue) : ParameterType;

    /// <summary>True or false.</summary>
    public sealed record Flag : ParameterType;

    /// <summary>One of the listed words.</summary>
    public sealed record Choice(ImmutableArray<string> Words) : ParameterType;

    /// <summary>A name of something that only the rest of the cell knows: letters, digits, '-' and '_'.</summary>
    public sealed record Name : ParameterType;

    /// <summary>A list of values of one type.</summary>
    public sealed record ListOf(ParameterType Item, int MinimumLength = 0) : ParameterType;

    /// <summary>A map from free names (for instance of loss terms) to values of one type.</summary>
    public sealed record MapOf(ParameterType Item) : ParameterType;

    /// <summary>A map with known keys.</summary>
    public sealed record Group(ImmutableArray<Parameter> Members) : ParameterType;

    /// <summary>
    /// One of the listed methods: its kind, or a map with <c>kind</c>, the parameters of that kind, and those that stand beside them
    /// whatever the kind.
    /// </summary>
    public sealed record MethodOf(ImmutableArray<MethodEntry> Methods, ImmutableArray<Parameter> Beside) : ParameterType;

    /// <summary>The type or nothing (<c>null</c> in the file).</summary>
    public sealed record Optional(ParameterType Type) : ParameterType;

    /// <summary>Whatever is written: a parameter that an earlier catalog had and this one has no more.</summary>
    internal sealed record Any : ParameterType;
}

/// <summary>One parameter of a method; those that a method reads are <see cref="Parameter{T}"/>.</summary>
/// <param name="Name">The key in the study file, <c>snake_case</c>.</param>
/// <param name="Type">What may stand there.</param>
/// <param name="Default">The value that is filled in where the file is silent; null makes the parameter required.</param>
/// <param name="Summary">One line with meaning, unit and the source of the default.</param>
public record Parameter(string Name, ParameterType Type, SpecValue? Default, string Summary)
{
    /// <summary>Whether tables tell a value other than the default even where nothing else needs telling apart.</summary>
    public bool IsTold { get; init; }

    /// <summary>
    /// What levels without the parameter mean: for one that came later than its kind, what the kind did before. A level with this value
    /// leaves the parameter out, so that the keys of trials from before stay theirs; <see cref="Default"/> may be another value. Null for
    /// parameters that every level has.
    /// </summary>
    public SpecValue? Absent { get; init; }
}

/// <summary>One method that can be put in a study.</summary>
/// <param name="Factor">The factor it is a level of.</param>
/// <param name="Kind">The name in study files; never changes its meaning.</param>
/// <param name="Summary">One line.</param>
/// <param name="Source">The paper or code it follows, with a DOI or arXiv id where there is one.</param>
/// <param name="Parameters">Its parameters with sourced defaults.</param>
public sealed record MethodEntry(Factor Factor, string Kind, string Summary, string Source, ImmutableArray<Parameter> Parameters)
{
    /// <summary>
    /// What whoever uses the method has to know beforehand, for instance a patent claim; told with every plan, run and result. Null for
    /// most.
    /// </summary>
    public string? Notice { get; init; }

    /// <summary>
    /// What the bare name of the method is known to give where that is worse than plain training, by the benchmark of defaults (<c>bench
    /// defaults</c>); told with every plan that takes the method with its defaults, so that no baseline collapses without a word. Null
    /// where nothing is known.
    /// </summary>
    public string? DefaultsCaution { get; init; }

    /// <summary>
    /// What a level of the method is known to give whatever its other parameters, told as <see cref="DefaultsCaution"/>; null for most.
    /// </summary>
    public Func<Level, string?> CautionOf { get; init; } = _ => null;

    /// <summary>Whether a level has the defaults; how many points it draws, which every study says, is not asked.</summary>
    public bool IsBare(Level level) => Parameters
        .Where(parameter => !Counts.Contains(parameter.Name))
        .All(parameter => (level.Parameters.Entries.GetValueOrDefault(parameter.Name) ?? parameter.Absent) == parameter.Default);

    private static readonly string[] Counts = ["interior", "boundary", "initial"];

    /// <summary>
    /// Makes the level of a kind that is defined by a file of the user's; null for kinds that the parameters define. The level has the name
    /// that the file gives as its kind and the file's content in its parameters, so that its key says everything.
    /// </summary>
    public LevelOfFile? FromFile { get; init; }
}

/// <summary>Makes a level from a file.</summary>
/// <param name="given">What the study file says: <c>kind</c>, <c>path</c> and whatever the file lets it set.</param>
/// <param name="key">What messages call it.</param>
/// <param name="texts">The texts beside the study file.</param>
/// <param name="mistakes">Takes what is wrong, in either file.</param>
/// <param name="watch">Says whether to go on.</param>
/// <returns>The level, or null where a mistake was added.</returns>
public delegate Level? LevelOfFile(SourceNode.Map given, string key, TextOfPath texts, MistakeList mistakes, PlanningWatch watch);

/// <summary>The text of a file that a study names by its path, relative to the study's own folder.</summary>
/// <exception cref="UserMistakeException">There is none, it cannot be read, or it lies outside the folder; the message begins with the
/// path.</exception>
public delegate string TextOfPath(string path);

/// <summary>
/// Everything a study may name. The entries belong to the layer that implements them; planning reads them to check a file,
/// to fill defaults, and to find the combinations that cannot be run.
/// </summary>
/// <param name="Entries">All methods of all factors.</param>
/// <param name="WhyNotApplicable">The reason why a combination of levels cannot be trained, or null where it can.
/// It may throw <see cref="UserMistakeException"/> for a level whose parameters contradict each other; a message that begins with the
/// factor's word (<c>balancer 'static': …</c>) is told with the line of that level, unless the level serves another cell of the
/// study.</param>
public sealed record Catalog(ImmutableArray<MethodEntry> Entries, Func<CellLevels, string?> WhyNotApplicable)
{
    /// <summary>Why a metric is not known on a level of the problem, or null where it is.</summary>
    public Func<Level, string, string?> WhyNoMetric { get; init; } = (_, _) => null;

    /// <summary>
    /// Why trials of a level cannot be ranked by where they stand at a part of their budget, or null where they can: the end of a sentence
    /// that begins with factor and kind.
    /// </summary>
    public Func<Factor, Level, string?> WhyNoRungs { get; init; } = (_, _) => null;

    /// <summary>
    /// Why a finished training of a level cannot go on with more steps, or null where it can: the end of a sentence that begins with factor
    /// and kind.
    /// </summary>
    public Func<Factor, Level, string?> WhyBegunAnew { get; init; } = (_, _) => null;

    /// <summary>
    /// What a level names of a problem, with what the problem has; nothing for most levels. Given the factor, the level and the problem's
    /// level.
    /// </summary>
    public Func<Factor, Level, Level, IEnumerable<NameOfProblem>> NamesOf { get; init; } = (_, _, _) => [];

    /// <summary>The entries of one factor in the order of the catalog.</summary>
    public IEnumerable<MethodEntry> Of(Factor factor) => Entries.Where(entry => entry.Factor == factor);

    /// <summary>The level with what it leaves out written down (<see cref="Parameter.Absent"/>): for people, never for keys.</summary>
    public Level Whole(Factor factor, Level level) => (Find(factor, level.Kind)?.Parameters ?? [])
        .Where(parameter => parameter.Absent is not null && !level.Parameters.Entries.ContainsKey(parameter.Name))
        .Aggregate(level, (whole, parameter) => whole.With(parameter.Name, parameter.Absent!));

    /// <summary>The entry with this name, or null.</summary>
    public MethodEntry? Find(Factor factor, string kind) => Entries.FirstOrDefault(entry => entry.Factor == factor && entry.Kind == kind);

    /// <summary>What a reader has to know of a combination of levels that is trained.</summary>
    public Func<CellLevels, IEnumerable<string>> NoticesOf { get; init; } = _ => [];

    /// <summary>The notices of these cells and of the methods that they use, each once.</summary>
    public ImmutableArray<string> Notices(IEnumerable<CellLevels> cells) =>
    [
        .. from cell in cells
           from notice in FactorWords.All.SelectMany(factor => Notices(Find(factor, cell[factor].Kind), cell[factor].Parameters)).Concat(NoticesOf(cell))
           where notice is not null
           group notice by notice into same
           select same.Key,
    ];

    /// <summary>What is known of the results of methods as these cells take them, each once, a line for people.</summary>
    public ImmutableArray<string> Cautions(IReadOnlyCollection<CellLevels> cells) =>
    [
        .. (from factor in FactorWords.All
            from level in cells.Select(cell => cell[factor]).Distinct()
            let entry = Find(factor, level.Kind)
            where entry is not null
            let caution = entry.CautionOf(level) ?? (entry.IsBare(level) ? entry.DefaultsCaution : null)
            where caution is not null
            select $"{factor.ToWord()} '{entry.Kind}': {caution}").Distinct(),
    ];

    /// <summary>That of a method and those of the methods that stand in its parameters.</summary>
    private static IEnumerable<string?> Notices(MethodEntry? entry, SpecValue.Map parameters) => entry is null ? [] :
    [
        entry.Notice,
        .. from parameter in entry.Parameters
           where parameter.Type is ParameterType.MethodOf
           from notice in NoticesWithin((ParameterType.MethodOf)parameter.Type, parameters.OptionalMap(parameter.Name))
           select notice,
    ];

    private static IEnumerable<string?> NoticesWithin(ParameterType.MethodOf type, SpecValue.Map? level) =>
        level is null ? [] : Notices(type.Methods.FirstOrDefault(method => method.Kind == level.Text("kind")), level);
}

/// <summary>The levels of one cell: a trial without its seed and budget.</summary>
public sealed record CellLevels(Level Problem, Level Network, Level Balancer, Level Sampler, Level Optimizer, Level Time, Precision Precision)
{
    /// <summary>The same cell with another level of a factor.</summary>
    public CellLevels With(Factor factor, Level level) => factor switch
    {
        Factor.Problem => this with { Problem = level },
        Factor.Network => this with { Network = level },
        Factor.Balancer => this with { Balancer = level },
        Factor.Sampler => this with { Sampler = level },
        Factor.Optimizer => this with { Optimizer = level },
        Factor.Time => this with { Time = level },
        _ => this with { Precision = PrecisionWords.FromWord(level.Kind) ?? default },
    };

    /// <summary>The level of a factor; precision as a level without parameters.</summary>
    public Level this[Factor factor] => factor switch
    {
        Factor.Problem => Problem,
        Factor.Network => Network,
        Factor.Balancer => Balancer,
        Factor.Sampler => Sampler,
        Factor.Optimizer => Optimizer,
        Factor.Time => Time,
        _ => Level.Of(Precision.ToWord()),
    };

    /// <summary>What is left where a factor does not matter: equal for cells that differ in it alone.</summary>
    internal CellLevels Without(Factor factor) => With(factor, Level.Of(""));
}

/// <summary>The arithmetic of the network passes.</summary>
public enum Precision
{
    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,
}

/// <summary>The words of study files for <see cref="Precision"/>.</summary>
public static class PrecisionWords
{
    /// <summary><c>float32</c> or <c>float64</c>.</summary>
    public static string ToWord(this Precision precision) => precision == Precision.Float32 ? "float32" : "float64";

    /// <summary>The inverse of <see cref="ToWord"/>; null for any other word.</summary>
    public static Precision? FromWord(string word) => word switch
    {
        "float32" => Precision.Float32,
        "float64" => Precision.Float64,
        _ => null,
    };
}
