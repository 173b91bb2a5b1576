using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// Conditions that say the same twice, or different things of one side; and values that leap where two sides meet, or where a periodic
/// coordinate closes.
/// </summary>
internal static class Contradictions
{
    // Of the size of what is prescribed anywhere: rounding leaves 1e-16 of sin(pi).
    private const double Equal = 1e-6;

    /// <summary>What contradicts, or may be meant to.</summary>
    public static IEnumerable<Flaw> Of(Problem problem) => Repeated(problem).Concat(OnOneSide(problem)).Concat(Meeting(problem)).Concat(Closing(problem));

    private static IEnumerable<Flaw> Repeated(Problem problem)
    {
        var conditions = problem.Terms.Where(term => !term.Faces.IsEmpty).ToList();
        for (var i = 0; i < conditions.Count; i++)
        {
            for (var k = 0; k < i; k++)
            {
                if (conditions[i].Residual.Equals(conditions[k].Residual) && conditions[i].Faces.Intersect(conditions[k].Faces).Any())
                {
                    yield return new($"conditions.{conditions[i].Name}", $"says the same as '{conditions[k].Name}' on {conditions[i].Faces.Intersect(conditions[k].Faces).First().Name(problem)}; leave one out");
                }
            }
        }
    }

    private static IEnumerable<Flaw> OnOneSide(Problem problem)
    {
        var prescribed = Prescribed(problem);
        var sizes = Sizes(problem, prescribed);
        foreach (var (a, b) in Pairs(prescribed).Where(pair => pair.A.Face == pair.B.Face && !pair.A.Term.Residual.Equals(pair.B.Term.Residual)))
        {
            foreach (var point in CheckPoints.In(Region.Side(problem, a.Face), problem.Dimension))
            {
                if (Differ(a.Value.Value(point), b.Value.Value(point), sizes[a.Value.Output]))
                {
                    yield return new(
                        $"conditions.{b.Term.Name}",
                        $"contradicts '{a.Term.Name}' on {a.Face.Name(problem)}: {problem.Outputs[a.Value.Output]} would be {CheckPoints.Words(a.Value.Value(point))} and {CheckPoints.Words(b.Value.Value(point))} at {CheckPoints.Words(problem, point)}");
                    break;
                }
            }
        }
    }

    private static IEnumerable<Flaw> Meeting(Problem problem)
    {
        var prescribed = Prescribed(problem);
        var sizes = Sizes(problem, prescribed);
        foreach (var (a, b) in Pairs(prescribed).Where(pair => pair.A.Face.Hole == 0 && pair.B.Face.Hole == 0 && pair.A.Face.Axis != pair.B.Face.Axis))
        {
            foreach (var point in CheckPoints.In(Region.Side(problem, a.Face), problem.Dimension))
            {
                point[b.Face.Axis] = b.Face.Upper ? problem.Axes[b.Face.Axis].Upper : problem.Axes[b.Face.Axis].Lower;
                if (Differ(a.Value.Value(point), b.Value.Value(point), sizes[a.Value.Output]))
                {
                    yield return new(
                        $"conditions.{b.Term.Name}",
                        $"'{a.Term.Name}' and '{b.Term.Name}' disagree where they meet: {problem.Outputs[a.Value.Output]} is {CheckPoints.Words(a.Value.Value(point))} and {CheckPoints.Words(b.Value.Value(point))} at {CheckPoints.Words(problem, point)}; the solution leaps there, which networks learn slowly",
                        IsNotice: true);
                    break;
                }
            }
        }
    }

    private static IEnumerable<Flaw> Closing(Problem problem)
    {
        var prescribed = Prescribed(problem);
        var sizes = Sizes(problem, prescribed);
        foreach (var (term, face, value) in prescribed.Where(condition => condition.Face.Hole == 0))
        {
            for (var axis = 0; axis < problem.Dimension; axis++)
            {
                foreach (var lower in problem.Axes[axis].Periodic && axis != face.Axis ? CheckPoints.In(Region.Side(problem, face), problem.Dimension) : [])
                {
                    var upper = lower.ToArray();
                    (lower[axis], upper[axis]) = (problem.Axes[axis].Lower, problem.Axes[axis].Upper);
                    if (Differ(value.Value(lower), value.Value(upper), sizes[value.Output]))
                    {
                        yield return new(
                            $"conditions.{term.Name}",
                            $"does not close on the periodic coordinate {problem.Axes[axis].Name}: {problem.Outputs[value.Output]} is {CheckPoints.Words(value.Value(lower))} at its lower end and {CheckPoints.Words(value.Value(upper))} at its upper one; a network of period {CheckPoints.Words(problem.Axes[axis].Extent)} cannot be both");
                        break;
                    }
                }
            }
        }
    }

    private static List<(LossTerm Term, Face Face, PrescribedValue Value)> Prescribed(Problem problem) =>
        [.. from term in problem.Terms where !term.Faces.IsEmpty && PrescribedValue.Of(term) is not null from face in term.Faces select (term, face, PrescribedValue.Of(term)!)];

    private static IEnumerable<((LossTerm Term, Face Face, PrescribedValue Value) A, (LossTerm Term, Face Face, PrescribedValue Value) B)> Pairs(
        List<(LossTerm Term, Face Face, PrescribedValue Value)> conditions) =>
        from i in Enumerable.Range(0, conditions.Count) from k in Enumerable.Range(0, i) where conditions[k].Value.Output == conditions[i].Value.Output select (conditions[k], conditions[i]);

    private static Dictionary<int, double> Sizes(Problem problem, List<(LossTerm Term, Face Face, PrescribedValue Value)> prescribed) => prescribed
        .GroupBy(condition => condition.Value.Output)
        .ToDictionary(output => output.Key, output => output.SelectMany(condition => CheckPoints.In(Region.Side(problem, condition.Face), problem.Dimension).Select(point => Math.Abs(condition.Value.Value(point))))
            .Where(double.IsFinite).DefaultIfEmpty(0).Max());

    // Where a factor vanishes nothing is prescribed.
    private static bool Differ(double a, double b, double size) => double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) > Equal * size;
}
