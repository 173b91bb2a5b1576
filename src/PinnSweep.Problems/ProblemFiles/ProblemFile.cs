using System.Collections.Immutable;
using System.Text;
using PinnSweep.Jets.Expressions;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.Scales;
using PinnSweep.Problems.Solvers;
using PinnSweep.Problems.WellPosedness;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Sources;
using PinnSweep.Studies.Values;

namespace PinnSweep.Problems.ProblemFiles;

/// <summary>
/// Problems of a person's own: YAML with the equations as expressions. A study names one as <c>{kind: file, path: my-problem.yaml, nu:
/// 0.02}</c>; its level has the file's name as kind, the constants as parameters, and all else under <c>definition</c>.
/// </summary>
public static class ProblemFile
{
    /// <summary>Files beyond this are refused.</summary>
    public const int MaximumBytes = 256 * 1024;

    /// <summary>Definitions beyond this are refused: a trial's description travels in one message.</summary>
    public const int MaximumDefinition = 80_000;

    /// <summary>The word of study files.</summary>
    public const string Kind = "file";

    /// <summary>The parameter of such a level that holds what the file says.</summary>
    public const string DefinitionKey = ProblemDefinition.Key;

    private static readonly string[] Keys =
        ["problem", "description", "coordinates", "time", "outputs", "constants", "coefficients", "let", "equations", "conditions", "free", "domain", "sides", "holes", "data", "exact", "reference", "hard", "equilibria", "test_points", "scale"];

    /// <summary>The catalog's entry.</summary>
    public static MethodEntry Entry { get; } = new(
        Factor.Problem,
        Kind,
        "a problem of your own, written in a YAML file beside the study; its constants may be set here too",
        "the file itself; pinnsweep catalog problem-file prints an example",
        [])
    {
        FromFile = Read,
    };

    /// <summary>The level of a problem file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="fileName">What messages call it.</param>
    /// <param name="overrides">Constants as the study sets them.</param>
    /// <param name="texts">The files beside it.</param>
    /// <param name="mistakes">Takes what is wrong.</param>
    /// <param name="watch">Says whether to go on; nobody ends it where null.</param>
    /// <returns>The level, or null where a mistake was added.</returns>
    public static Level? Read(string text, string fileName, IReadOnlyList<SourceEntry> overrides, TextOfPath texts, MistakeList mistakes, PlanningWatch? watch = null)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaximumBytes)
        {
            mistakes.Add(new(fileName, 0), FormattableString.Invariant($"larger than {MaximumBytes / 1024} KiB; a problem file is a page of text"));
            return null;
        }

        var root = SourceReader.Read(text, fileName, hasLines: true, mistakes, hasColumns: true);
        if (root is not SourceNode.Map file)
        {
            mistakes.Add(root.Place, $"expected a map with {string.Join(", ", Keys)}; found {root.Words}");
            return null;
        }

        return Read(file, fileName, overrides, texts, mistakes, watch ?? PlanningWatch.None);
    }

    /// <summary>The equations and conditions of a level that came from a problem file, one line each; none of another level.</summary>
    public static IEnumerable<string> Summary(Level level)
    {
        if (!ProblemDefinition.IsIn(level))
        {
            return [];
        }

        var definition = level.Parameters.OptionalMap(DefinitionKey)!;
        return ((SpecValue.List)definition.Entries["equations"]).Items.Concat(((SpecValue.List)definition.Entries["conditions"]).Items).Cast<SpecValue.Map>().Select(term =>
            $"{term.Text("name")}: {term.Text("expression")}{(term.Entries.GetValueOrDefault("on") is SpecValue.List sides ? $" on {string.Join(", ", sides.Items.Select(side => ((SpecValue.Text)side).Value))}" : "")}{Where(definition, term)}")
            .Concat(MeasuredValues.Sets(definition.Entries.GetValueOrDefault("data")).Select(MeasuredValues.Summary))
            .Append(definition.Entries.GetValueOrDefault("reference") is SpecValue.Map reference ? ReferenceValues.Summary(reference) : definition.OptionalMap("exact") is null ? "no exact solution: errors are not a number; the metric residual_l2 tells how a method does" : "errors against the exact solution of the file");
    }

    private static string Where(SpecValue.Map definition, SpecValue.Map term)
    {
        ImmutableArray<string> names = [.. ((SpecValue.List)definition.Entries["coordinates"]).Items.Cast<SpecValue.Map>().Select(axis => axis.Text("name"))];
        return term.OptionalMap("where") is { } where ? $" where {LimitsValue.From(where, names).Words(names)}" : "";
    }

    /// <summary>What in a problem file may be meant as it stands and is told; nothing of another level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="problemOf">Its problem, made once.</param>
    public static IEnumerable<string> Notices(Level level, Func<Level, Problem> problemOf) =>
        ProblemDefinition.IsIn(level) ? WellPosed.Notices(problemOf(level).Physical).Select(notice => $"{level.Kind}: {notice}") : [];

    private static Level? Read(SourceNode.Map given, string key, TextOfPath texts, MistakeList mistakes, PlanningWatch watch)
    {
        if (given.Find("path") is not { Value: SourceNode.Scalar { IsNull: false } path })
        {
            mistakes.Add(given.Find("path")?.Place ?? given.Place, key, "'path' is missing: the problem file, relative to the study file, for instance {kind: file, path: my-problem.yaml}");
            return null;
        }

        string text;
        try
        {
            text = texts(path.Text);
        }
        catch (UserMistakeException mistake)
        {
            mistakes.Add(path.Place, $"{key}.path", mistake.Message);
            return null;
        }

        return Read(text, path.Text, [.. given.Entries.Where(entry => entry.Key is not ("kind" or "path"))], beside => texts(DataReader.Beside(path.Text, beside)), mistakes, watch);
    }

    private static Level? Read(SourceNode.Map file, string fileName, IReadOnlyList<SourceEntry> overrides, TextOfPath texts, MistakeList mistakes, PlanningWatch watch)
    {
        var before = mistakes.Count;
        watch.Begin($"reading {fileName}");
        var scope = new FileScope(mistakes);
        scope.MapOf(file, "problem file", Keys);
        var name = Name(file, mistakes);
        var coefficients = new SymbolsReader(scope).Read(file, overrides);
        if (new DomainReader(scope).Read(file) is not { } domain || mistakes.Count > before)
        {
            return null;
        }

        var (axes, time, holes) = (domain.Axes, domain.Time, domain.Holes);
        var parts = new OutputPlacesReader(scope).Read(file, domain);
        var definitions = new DefinitionsReader(scope).Read(file);
        var reader = new TermsReader(scope, domain);
        var equations = reader.Equations(file);
        var conditions = reader.Conditions(file);
        var free = file.Find("free") is { } open ? reader.Sides(open.Value, "free") : [];
        var exact = Exact(file, scope);
        var hard = Hard(file, scope);
        var equilibriaReader = new EquilibriaReader(scope);
        var equilibria = equilibriaReader.Read(file);
        var scale = new ScaleReader(scope).Read(file, domain.Plane is { } shape ? (shape.AxisX, shape.AxisY) : holes.FirstOrDefault() is { } hole ? (hole.AxisX, hole.AxisY) : null);
        var testPoints = TestPoints(file, axes.Length, scope);
        var data = new DataReader(scope, fileName, texts).Read(file, domain);
        var reference = new ReferenceReader(scope, fileName, texts).Read(file, domain);
        foreach (var term in equations.Concat(conditions).Where(term => data is not null && MeasuredValues.IsReserved(term.Name)))
        {
            mistakes.Add(term.Place, term.Name, "measured values have this name; take another one for the term");
        }

        if (mistakes.Count > before)
        {
            return null;
        }

        var definition = SpecValue.Map.Empty.Entries
            .Add("coordinates", List(axes.Select(Canonical)))
            .Add("time", time is { } axis ? new SpecValue.Text(axes[axis].Name) : SpecValue.None.Value)
            .Add("outputs", List(scope.Symbols.Outputs.Select(output => new SpecValue.Text(output))))
            .Add("coefficients", List(coefficients.Select(CoefficientReader.Canonical)))
            .Add("equations", List(equations.Select(term => term.Canonical(scope.Symbols.Coordinates))))
            .Add("conditions", List(conditions.Select(term => term.Canonical(scope.Symbols.Coordinates))))
            .Add("holes", List(holes.Select(hole => Entries(("x", new SpecValue.Number(hole.X)), ("y", new SpecValue.Number(hole.Y)), ("radius", new SpecValue.Number(hole.Radius))))))
            .Add("exact", exact is null ? SpecValue.None.Value : new SpecValue.Map(exact.ToImmutableSortedDictionary(pair => pair.Key, pair => (SpecValue)new SpecValue.Text(pair.Value.Text), StringComparer.Ordinal)))
            .Add("hard", hard is null ? SpecValue.None.Value : new SpecValue.Map(hard.ToImmutableSortedDictionary(
                pair => pair.Key, pair => (SpecValue)Entries(("lift", new SpecValue.Text(pair.Value.Lift.Text)), ("multiplier", new SpecValue.Text(pair.Value.Multiplier.Text))), StringComparer.Ordinal)))
            .Add("test_points", new SpecValue.Number(testPoints));
        if (data is not null)
        {
            definition = definition.Add("data", data);
        }

        if (reference is not null)
        {
            definition = definition.Add("reference", reference);
        }

        if (domain.Plane is { } plane)
        {
            definition = definition.Add(ProblemDefinition.DomainKey, Entries(("shape", ShapeValue.Of(plane.Shape)), ("box", new SpecValue.Flag(plane.HasBoxSides))));
        }

        if (parts is not null)
        {
            definition = definition.Add(ProblemDefinition.OutputPlaces, parts);
        }

        if (definitions is not null)
        {
            definition = definition.Add("let", definitions);
        }

        if (equilibria.Count > 0)
        {
            definition = definition.Add("equilibria", List(equilibria.Select(state => new SpecValue.List([.. state.Values.Select(value => new SpecValue.Number(value))]))));
        }

        Level LevelOf(ImmutableSortedDictionary<string, SpecValue> entries) => new(name!, new(scope.Symbols.Constants
            .ToImmutableSortedDictionary(constant => constant.Key, constant => (SpecValue)new SpecValue.Number(constant.Value), StringComparer.Ordinal)
            .Add(ProblemDefinition.Key, new SpecValue.Map(entries))));
        var level = LevelOf(definition);
        if (level.ToMap().Canonical().Length > MaximumDefinition && (data ?? reference) is not null)
        {
            // Several tables, each of which had room.
            definition = data is null ? definition : definition.SetItem("data", MeasuredValues.ByHash(data));
            definition = reference is null ? definition : definition.SetItem("reference", StoredNumbers.ByHash(reference));
            level = LevelOf(definition);
        }

        // First, because all that is looked at below is bounded by it.
        if (level.ToMap().Canonical().Length > MaximumDefinition)
        {
            mistakes.Add(file.Place, FormattableString.Invariant($"the problem has more than {MaximumDefinition} characters, blanks left out; it travels with every trial"));
            return null;
        }

        var problem = ProblemDefinition.Stated(level);
        if (SizeChecks.Parts(problem) is { } tooMany)
        {
            mistakes.Add(file.Find("equations")!.Place, tooMany);
            return null;
        }

        if (FreeConstants.Of(problem) is { Count: > 0 } drifting)
        {
            definition = definition.Add(ProblemDefinition.FreeOfMean, List(drifting.Select(output => new SpecValue.Text(scope.Symbols.Outputs[output]))));
            level = LevelOf(definition);
            problem = ProblemDefinition.Stated(level);
        }

        equilibriaReader.Check(problem, equilibria);
        // Points of equations are never on an edge; the others are taken there too, by conditions and by the test grid.
        (FileScope.Parsed Expression, Region Region, string Key, bool IsInside)[] valued =
        [
            .. equations.Select(term => (term.Residual, Region.Domain(problem), $"equations.{term.Name}", true)),
            .. conditions.SelectMany(term => term.Faces.Select(face => (term.Residual, Region.Side(problem, face), $"conditions.{term.Name}", false))),
            .. (exact ?? []).Select(pair => (pair.Value, Region.Domain(problem), $"exact.{pair.Key}", false)),
            .. (hard ?? []).SelectMany(pair => new[] { pair.Value.Lift, pair.Value.Multiplier }.Select(form => (form, Region.Domain(problem), $"hard.{pair.Key}", false))),
        ];
        var values = new ValueChecks(problem, valued.Length, mistakes, watch);
        foreach (var (expression, region, key, isInside) in valued)
        {
            values.Of(expression, region, key, isInside);
        }

        if (mistakes.Count == before)
        {
            watch.Begin($"holding {fileName} against itself");
            var places = equations.Select(term => ($"equations.{term.Name}", term.Place)).Concat(conditions.Select(term => ($"conditions.{term.Name}", term.Place))).ToDictionary();
            foreach (var flaw in WellPosed.Check(problem, free, watch).Where(flaw => !flaw.IsNotice))
            {
                mistakes.Add(places.TryGetValue(flaw.Key, out var place) ? place : file.Find(flaw.Key)?.Place ?? file.Place, flaw.Key, flaw.Text);
            }
        }

        if (mistakes.Count == before && ReferenceValues.IsGrid(reference))
        {
            watch.Begin($"solving the problem of {fileName}");
            CheckSolved(problem, file.Find("reference")!.Place, mistakes);
        }

        if (mistakes.Count == before && !scale.IsNone)
        {
            watch.Begin($"looking for the sizes of {fileName}");
            var chosen = UnitChoice.Of(problem, scale, equations.Concat(conditions).Where(term => term.HasScale).Select(term => term.Name).ToHashSet(StringComparer.Ordinal), watch);
            level = chosen.IsNone ? level : LevelOf(definition.Add(UnitsDefinition.Key, UnitsDefinition.Canonical(chosen)));
        }

        if (mistakes.Count == before)
        {
            watch.Begin($"deriving the equations of {fileName}");
            CheckProgram(ProblemDefinition.ToProblem(level), file, mistakes);
        }

        return mistakes.Count == before ? level : null;
    }

    /// <summary>Whether the program can solve the problem, well enough to measure errors by.</summary>
    private static void CheckSolved(Problem problem, Place place, MistakeList mistakes)
    {
        if (problem.Reference is not { } solution)
        {
            mistakes.Add(place, "reference.grid", $"no solver of PinnSweep knows this kind of problem; they know {OwnSolvers.Known}. Give the solution as {{file: reference.csv}}");
        }
        else if (double.IsNaN(solution.Grid.Floor))
        {
            mistakes.Add(place, "reference.grid", "PinnSweep's own solver finds no solution with the work that it may do, which is some seconds; fewer points, a shorter coordinate or smaller numbers may help, or give the solution as {file: reference.csv}");
        }
        else if (!(solution.Grid.Floor <= OwnSolvers.FloorLimit))
        {
            mistakes.Add(place, "reference.grid", FormattableString.Invariant($"PinnSweep's own solver gets no nearer than {solution.Grid.Floor:0.0e0} to itself at half the resolution, where {OwnSolvers.FloorLimit:0e0} is the limit: the solution has steep or growing parts, or a coordinate is too long"));
        }
    }

    /// <summary>What the problem becomes for a network, as it is and in its ansatz.</summary>
    private static void CheckProgram(Problem problem, SourceNode.Map file, MistakeList mistakes)
    {
        if (SizeChecks.Program(problem) is { } large)
        {
            mistakes.Add(file.Find("equations")!.Place, "equations", large);
        }
        else if (file.Find("hard") is { } hard && !problem.Ansatz.IsEmpty)
        {
            try
            {
                var adapted = HardConstraint.Apply(problem);
                if (SizeChecks.Program(adapted) is { } larger)
                {
                    mistakes.Add(hard.Place, "hard", larger);
                }
                else if (adapted.Terms.Length == problem.Terms.Length)
                {
                    mistakes.Add(hard.Place, "hard", "lift + multiplier * N keeps none of the conditions for every N, so it would leave every term in the loss");
                }
            }
            catch (ExpressionTooLargeException)
            {
                mistakes.Add(hard.Place, "hard", SizeChecks.Derivatives);
            }
        }
    }

    private static string? Name(SourceNode.Map file, MistakeList mistakes)
    {
        const string Expected = "expected a name of at most 60 lower-case letters, digits and '-', a letter first";
        if (file.Find("problem") is not { } entry)
        {
            mistakes.Add(file.Place, $"problem: missing; {Expected}");
            return null;
        }

        if (entry.Value is not SourceNode.Scalar { IsNull: false, Text: var name } || name.Length is 0 or > 60 || !char.IsAsciiLetterLower(name[0]) ||
            !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
        {
            mistakes.Add(entry.Value.Place, "problem", $"{Expected}; found {entry.Value.Words}");
            return null;
        }

        if (name == Kind || ProblemCatalog.All.Any(known => known.Method.Kind == name))
        {
            mistakes.Add(entry.Value.Place, "problem", $"'{name}' is a problem of the catalog; tables could not tell them apart");
        }

        return name;
    }

    private static Dictionary<string, FileScope.Parsed>? Exact(SourceNode.Map file, FileScope scope)
    {
        if (file.Find("exact") is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true })
        {
            return null;
        }

        if (scope.MapOf(entry.Value, "exact", [.. scope.Symbols.Outputs]) is not { } map)
        {
            return null;
        }

        var inputs = scope.Symbols with { Outputs = [], Coefficients = [] };
        var exact = new Dictionary<string, FileScope.Parsed>(StringComparer.Ordinal);
        foreach (var output in scope.Symbols.Outputs)
        {
            if (map.Find(output) is not { } given)
            {
                scope.Mistakes.Add(map.Place, "exact", $"'{output}' is missing; give every output, or leave 'exact' out");
            }
            else if (scope.Parse(given.Value, $"exact.{output}", inputs, isEquation: false) is { } parsed)
            {
                exact.Add(output, parsed);
            }
        }

        return exact;
    }

    private static Dictionary<string, (FileScope.Parsed Lift, FileScope.Parsed Multiplier)>? Hard(SourceNode.Map file, FileScope scope)
    {
        if (file.Find("hard") is not { } entry || entry.Value is SourceNode.Scalar { IsNull: true } || scope.MapOf(entry.Value, "hard", [.. scope.Symbols.Outputs]) is not { } map)
        {
            return null;
        }

        var inputs = scope.Symbols with { Outputs = [], Coefficients = [] };
        var forms = new Dictionary<string, (FileScope.Parsed Lift, FileScope.Parsed Multiplier)>(StringComparer.Ordinal);
        foreach (var output in scope.Symbols.Outputs)
        {
            var key = $"hard.{output}";
            if (map.Find(output) is not { } given)
            {
                scope.Mistakes.Add(map.Place, "hard", $"'{output}' is missing; an output without constraints has {{lift: 0, multiplier: 1}}");
            }
            else if (scope.MapOf(given.Value, key, "lift", "multiplier") is { } form &&
                scope.Parse(form.Find("lift")?.Value ?? new SourceNode.Scalar(form.Place, "", Plain: true), $"{key}.lift", inputs, isEquation: false) is { } lift &&
                scope.Parse(form.Find("multiplier")?.Value ?? new SourceNode.Scalar(form.Place, "", Plain: true), $"{key}.multiplier", inputs, isEquation: false) is { } multiplier)
            {
                forms.Add(output, (lift, multiplier));
            }
        }

        return forms;
    }

    private static int TestPoints(SourceNode.Map file, int dimension, FileScope scope)
    {
        // As many as the built-in problems in one and two coordinates; about as many in all beyond.
        int[] standard = [101, 101, 22, 10];
        int[] most = [10_001, 1001, 101, 31];
        return file.Find("test_points") is { } entry
            ? scope.CountOf(entry.Value, "test_points", 3, most[dimension - 1]) ?? standard[dimension - 1]
            : standard[dimension - 1];
    }

    private static SpecValue.Map Canonical(Axis axis) => Entries(
        ("name", new SpecValue.Text(axis.Name)), ("lower", new SpecValue.Number(axis.Lower)), ("upper", new SpecValue.Number(axis.Upper)), ("periodic", new SpecValue.Flag(axis.Periodic)));

    private static SpecValue.List List(IEnumerable<SpecValue> items) => new([.. items]);

    private static SpecValue.Map Entries(params (string Key, SpecValue Value)[] entries) =>
        new(entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal));
}
