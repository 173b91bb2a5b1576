using System.Collections.Immutable;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.Places;
using PinnSweep.Problems.References;
using PinnSweep.Problems.Scales;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// What a problem file says, as it stands in the parameters of a level: numbers evaluated, expressions without blanks, under the key
/// <c>definition</c>, and the constants beside it. A trainer makes the problem from this alone, wherever it runs.
/// </summary>
public static class ProblemDefinition
{
    /// <summary>The parameter that holds it.</summary>
    public const string Key = "definition";

    /// <summary>Names of outputs that are fixed but for a constant; absent where there are none.</summary>
    internal const string FreeOfMean = "free_of_mean";

    /// <summary>The parts that outputs live in; absent where all live everywhere.</summary>
    internal const string OutputPlaces = "output_places";

    /// <summary>The shape of the domain; absent where it is a box, or one with discs cut out.</summary>
    internal const string DomainKey = "domain";

    /// <summary>Whether a level came from a problem file.</summary>
    public static bool IsIn(Level level) => level.Parameters.Entries.ContainsKey(Key);

    /// <summary>The names that the expressions of a level may use.</summary>
    public static ExpressionSymbols Symbols(Level level)
    {
        var definition = level.Parameters.OptionalMap(Key)!;
        return new(
            [.. Maps(definition, "coordinates").Select(axis => axis.Text("name"))],
            Words(definition, "outputs"),
            level.Parameters.Entries.Where(entry => entry.Value is SpecValue.Number).ToImmutableSortedDictionary(entry => entry.Key, entry => ((SpecValue.Number)entry.Value).Value, StringComparer.Ordinal),
            [.. Maps(definition, "coefficients").Select(coefficient => coefficient.Text("name"))])
        {
            Time = TimeOf(definition),
            Definitions = DefinitionsReader.Stored(definition),
        };
    }

    /// <summary>The problem in the units that were chosen for it, which are those of the file where none was.</summary>
    public static Problem ToProblem(Level level) => InOwnUnits.Of(Stated(level), UnitsDefinition.Of(level.Parameters.OptionalMap(Key)!));

    /// <summary>The problem as its file states it.</summary>
    public static Problem Stated(Level level)
    {
        var definition = level.Parameters.OptionalMap(Key)!;
        var symbols = Symbols(level);
        var axes = Axes(definition);
        var time = symbols.Time;
        var domain = DomainOf(definition, symbols);
        var exact = definition.OptionalMap("exact");
        var problem = new Problem(axes, symbols.Outputs, [], exact is null ? Unknown : Exact(symbols, exact))
        {
            TimeAxis = time,
            HasSolution = exact is not null,
            Holes = domain.Holes,
            Plane = domain.Plane,
            OutputParts = definition.OptionalMap(OutputPlaces) is { } places ? [.. symbols.Outputs.Select(output => places.OptionalMap(output) is { } part ? LimitsValue.From(part, symbols.Coordinates) : null)] : [],
            Ansatz = definition.OptionalMap("hard") is { } hard ? [.. symbols.Outputs.Select(output => AnsatzOf(hard.OptionalMap(output)!, symbols))] : [],
            Unknowns = [.. Maps(definition, "coefficients").Select(CoefficientReader.Stored)],
            Solution = exact is null ? null : new(Solution(symbols, exact)),
            Equilibria = definition.Entries.GetValueOrDefault("equilibria") is SpecValue.List states
                ? [.. states.Items.Cast<SpecValue.List>().Select(state => state.Items.Select(value => ((SpecValue.Number)value).Value).ToImmutableArray())]
                : [],
            FreeOfMean = definition.Entries.ContainsKey(FreeOfMean) ? [.. Words(definition, FreeOfMean).Select(name => symbols.Outputs.IndexOf(name))] : [],
            TestPointsPerAxis = definition.Integer("test_points"),
            Terms = [.. Maps(definition, "equations").Select(term => Equation(term, symbols, domain)), .. Maps(definition, "conditions").Select(term => Condition(term, symbols, domain)), .. MeasuredValues.Sets(definition.Entries.GetValueOrDefault("data")).SelectMany(set => MeasuredValues.Terms(set, symbols))],
        };
        return definition.Entries.GetValueOrDefault("reference") is SpecValue.Map reference ? ReferenceValues.Apply(problem, reference, Identity(level).ToMap().Canonical) : problem;
    }

    /// <summary>What the solution of a problem depends on: its units are none of it.</summary>
    private static Level Identity(Level level) => level with
    {
        Parameters = new(level.Parameters.Entries.SetItem(Key, new SpecValue.Map(level.Parameters.OptionalMap(Key)!.Entries.Remove(UnitsDefinition.Key)))),
    };

    /// <summary>Why a level with a constant set anew is no problem any more; null where it is one.</summary>
    public static string? WhyNot(Level level)
    {
        var (definition, symbols) = (level.Parameters.OptionalMap(Key)!, Symbols(level));
        var domain = DomainOf(definition, symbols);
        foreach (var term in Maps(definition, "equations").Concat(Maps(definition, "conditions")))
        {
            try
            {
                // With a list to take its parts the parser refuses what is not finite.
                ExpressionParser.ParseCondition(term.Text("expression"), term.Entries.ContainsKey("on") ? symbols with { Normal = SideNormals.Of(Faces(term, domain), domain) } : symbols, []);
            }
            catch (ExpressionException mistake)
            {
                return $"{term.Text("name")}: {mistake.Message}";
            }
        }

        return null;
    }

    /// <summary>The plane of the holes: the two coordinates that are not time.</summary>
    public static (int X, int Y) PlaneOfHoles(int dimension, int? time)
    {
        var space = Enumerable.Range(0, dimension).Where(axis => axis != time).ToList();
        return (space[0], space[1]);
    }

    private static LossTerm Equation(SpecValue.Map term, ExpressionSymbols symbols, FileDomain domain)
    {
        var equation = LossTerm.Equation(ExpressionParser.ParseResidual(term.Text("expression"), symbols), term.Number("scale"), term.Text("name"));
        return term.OptionalMap("where") is { } where ? PartOfDomain.Of(equation, LimitsValue.From(where, symbols.Coordinates), domain.AsProblem()) : equation;
    }

    private static LossTerm Condition(SpecValue.Map term, ExpressionSymbols symbols, FileDomain domain)
    {
        var set = term.Text("points");
        var faces = Faces(term, domain);
        var (residual, pairsOn) = ExpressionParser.ParseCondition(term.Text("expression"), symbols with { Normal = SideNormals.Of(faces, domain) });
        return new(
            term.Text("name"),
            set == PointSets.Initial ? TermRole.Initial : TermRole.Boundary,
            set,
            pairsOn is { } axis ? [new(axis, Upper: false)] : faces,
            residual,
            term.Number("scale"))
        {
            PairsOn = pairsOn,
        };
    }

    private static ImmutableArray<Face> Faces(SpecValue.Map term, FileDomain domain)
    {
        if (!term.Entries.ContainsKey("on"))
        {
            return [];
        }

        ImmutableArray<string> names = [.. domain.Axes.Select(axis => axis.Name)];
        var within = term.OptionalMap("where") is { } where ? LimitsValue.From(where, names) : null;
        if (term.OptionalMap("at") is { } at)
        {
            return [Face.Inside(LimitsValue.From(at, names).And(within))];
        }

        var sides = new SideNames(domain);
        return [.. Words(term, "on").Select(side => sides.Parse(side)!.Value.Part(within))];
    }

    private static FileDomain DomainOf(SpecValue.Map definition, ExpressionSymbols symbols)
    {
        var (axes, time) = (Axes(definition), symbols.Time);
        PlaneDomain? plane = null;
        if (definition.OptionalMap(DomainKey) is { } domain)
        {
            var (x, y) = PlaneOfHoles(axes.Length, time);
            plane = PlaneDomain.Of(ShapeValue.From(domain.OptionalMap("shape")!), x, y, domain.Flag("box"));
        }

        return new(axes, time, Holes(definition, symbols), plane);
    }

    private static ImmutableArray<Axis> Axes(SpecValue.Map definition) =>
        [.. Maps(definition, "coordinates").Select(axis => new Axis(axis.Text("name"), axis.Number("lower"), axis.Number("upper"), axis.Flag("periodic")))];

    private static ImmutableArray<Hole> Holes(SpecValue.Map definition, ExpressionSymbols symbols) =>
        [.. Maps(definition, "holes").Select(hole => HoleOf(hole, symbols.Coordinates.Length, symbols.Time))];

    private static int? TimeOf(SpecValue.Map definition) =>
        definition.Entries.GetValueOrDefault("time") is SpecValue.Text { Value: var name } ? Maps(definition, "coordinates").TakeWhile(axis => axis.Text("name") != name).Count() : null;

    private static Hole HoleOf(SpecValue.Map hole, int dimension, int? time)
    {
        var (x, y) = PlaneOfHoles(dimension, time);
        return new(x, y, hole.Number("x"), hole.Number("y"), hole.Number("radius"));
    }

    private static Ansatz AnsatzOf(SpecValue.Map form, ExpressionSymbols symbols)
    {
        var inputs = symbols with { Outputs = [], Coefficients = [] };
        return new(ExpressionParser.Parse(form.Text("lift"), inputs), ExpressionParser.Parse(form.Text("multiplier"), inputs));
    }

    private static void Unknown(ReadOnlySpan<double> point, Span<double> values) => values.Fill(double.NaN);

    private static ImmutableArray<Expr> Solution(ExpressionSymbols symbols, SpecValue.Map exact)
    {
        var inputs = symbols with { Outputs = [], Coefficients = [] };
        return [.. symbols.Outputs.Select(output => ExpressionParser.Parse(exact.Text(output), inputs))];
    }

    private static ExactSolution Exact(ExpressionSymbols symbols, SpecValue.Map exact)
    {
        var outputs = new Lazy<PointFormula[]>(() => [.. Solution(symbols, exact).Select(output => new PointFormula(output))]);
        return (point, values) =>
        {
            for (var i = 0; i < outputs.Value.Length; i++)
            {
                values[i] = outputs.Value[i].At(point)!.Value;
            }
        };
    }

    private static IEnumerable<SpecValue.Map> Maps(SpecValue.Map map, string key) => ((SpecValue.List)map.Entries[key]).Items.Cast<SpecValue.Map>();

    private static ImmutableArray<string> Words(SpecValue.Map map, string key) => [.. ((SpecValue.List)map.Entries[key]).Items.Select(item => ((SpecValue.Text)item).Value)];
}
