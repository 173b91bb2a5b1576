using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// Conditions that say the same twice, or different things of one side; and values that leap where two sides meet, or where a periodic
/// coordinate closes. Every condition is evaluated once at the points of a place, and what it gives there is compared.
/// </summary>
internal static class Contradictions
{
    // Of the size of what is prescribed anywhere: rounding leaves 1e-16 of sin(pi).
    private const double Equal = 1e-6;

    /// <summary>What contradicts, or may be meant to.</summary>
    public static IEnumerable<Flaw> Of(Problem problem, CheckPoints points)
    {
        List<Prescribed> prescribed =
        [
            .. from term in problem.Terms
               where !term.Faces.IsEmpty
               let value = PrescribedValue.Of(term)
               where value is not null
               from face in term.Faces
               select new Prescribed(term, face.Whole, face, value),
        ];
        var sides = prescribed.Select(condition => condition.Face).Distinct().ToDictionary(face => face, face => points.In(Region.Side(problem, face)).ToList());
        var sizes = new double[problem.Outputs.Length];
        foreach (var condition in prescribed)
        {
            condition.OnSide = condition.At(sides[condition.Face]);
            sizes[condition.Value.Output] = Math.Max(sizes[condition.Value.Output], condition.OnSide.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max());
        }

        var checks = new Checks(problem, points, sizes);
        return Repeated(problem).Concat(checks.OnOneSide(prescribed, sides)).Concat(checks.Meeting(prescribed, sides)).Concat(checks.Closing(prescribed, sides));
    }

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

    /// <summary>What a condition prescribes on one of its sides, or on its part of it.</summary>
    private sealed record Prescribed(LossTerm Term, Face Face, Face Part, PrescribedValue Value)
    {
        public double[] OnSide { get; set; } = [];

        public double[] At(IReadOnlyCollection<double[]> points) => [.. points.Select(point => Part.Keeps(point) ? Value.Value(point) : double.NaN)];
    }

    private sealed class Checks(Problem problem, CheckPoints points, double[] sizes)
    {
        public IEnumerable<Flaw> OnOneSide(List<Prescribed> prescribed, Dictionary<Face, List<double[]>> sides) =>
            from side in prescribed.GroupBy(condition => (condition.Face, condition.Value.Output))
            from pair in Pairs([.. side])
            where !pair.A.Term.Residual.Equals(pair.B.Term.Residual)
            let at = FirstDifference(pair.A.OnSide, pair.B.OnSide, side.Key.Output)
            where at >= 0
            select new Flaw(
                $"conditions.{pair.B.Term.Name}",
                $"contradicts '{pair.A.Term.Name}' on {side.Key.Face.Name(problem)}: {problem.Outputs[side.Key.Output]} would be {CheckPoints.Words(pair.A.OnSide[at])} and {CheckPoints.Words(pair.B.OnSide[at])} at {points.Words(sides[side.Key.Face][at])}");

        public IEnumerable<Flaw> Meeting(List<Prescribed> prescribed, Dictionary<Face, List<double[]>> sides)
        {
            var all = sides.Keys.Where(face => face.IsOfBox || face.Piece > 0).ToList();
            foreach (var (first, second) in from i in Enumerable.Range(0, all.Count) from k in Enumerable.Range(0, i) select all[i].IsOfBox ? (all[k], all[i]) : (all[i], all[k]))
            {
                var edge = Edge(first, second, sides);
                var (here, there) = (Values(first), Values(second));
                foreach (var (a, b) in from a in here from b in there where a.Condition.Value.Output == b.Condition.Value.Output select (a, b))
                {
                    if (FirstDifference(a.Values, b.Values, a.Condition.Value.Output) is >= 0 and var at)
                    {
                        yield return new(
                            $"conditions.{b.Condition.Term.Name}",
                            $"'{a.Condition.Term.Name}' and '{b.Condition.Term.Name}' disagree where they meet: {problem.Outputs[a.Condition.Value.Output]} is {CheckPoints.Words(a.Values[at])} and {CheckPoints.Words(b.Values[at])} at {points.Words(edge[at])}; the solution leaps there, which networks learn slowly",
                            IsNotice: true);
                    }
                }

                List<(Prescribed Condition, double[] Values)> Values(Face face) => [.. prescribed.Where(condition => condition.Face == face).Select(condition => (condition, condition.At(edge)))];
            }
        }

        /// <summary>Points where two sides meet: those of the first moved to the end of a coordinate, or corners of the plane.</summary>
        private List<double[]> Edge(Face first, Face second, Dictionary<Face, List<double[]>> sides)
        {
            if (second.IsOfBox)
            {
                return first.EndsAlong(second.Axis) || (first.Piece > 0 && problem.Plane is { } domain && (second.Axis == domain.AxisX || second.Axis == domain.AxisY))
                    ? []
                    : [.. sides[first].Select(point => Moved(point, second.Axis, second.Upper))];
            }

            var plane = problem.Plane!;
            var corners = plane.Sides[first.Piece - 1].EndsWith(plane.Sides[second.Piece - 1], plane.Near).ToList();
            return [.. corners.SelectMany(corner => sides[first].Take(problem.Dimension > 2 ? 8 : 1).Select(point =>
            {
                var moved = point.ToArray();
                (moved[plane.AxisX], moved[plane.AxisY]) = (corner.X, corner.Y);
                return moved;
            }))];
        }

        public IEnumerable<Flaw> Closing(List<Prescribed> prescribed, Dictionary<Face, List<double[]>> sides)
        {
            foreach (var condition in prescribed)
            {
                foreach (var axis in Enumerable.Range(0, problem.Dimension).Where(axis => problem.Axes[axis].Periodic && axis != condition.Face.Axis))
                {
                    var (lower, upper) = (condition.At(Ends(isUpper: false)), condition.At(Ends(isUpper: true)));
                    if (FirstDifference(lower, upper, condition.Value.Output) is >= 0 and var at)
                    {
                        yield return new(
                            $"conditions.{condition.Term.Name}",
                            $"does not close on the periodic coordinate {problem.Axes[axis].Name}: {problem.Outputs[condition.Value.Output]} is {CheckPoints.Words(lower[at])} at its lower end and {CheckPoints.Words(upper[at])} at its upper one; a network of period {CheckPoints.Words(problem.Axes[axis].Extent)} cannot be both");
                    }

                    List<double[]> Ends(bool isUpper) => [.. sides[condition.Face].Select(point => Moved(point, axis, isUpper))];
                }
            }
        }

        private double[] Moved(double[] point, int axis, bool isUpper)
        {
            var moved = point.ToArray();
            moved[axis] = isUpper ? problem.Axes[axis].Upper : problem.Axes[axis].Lower;
            return moved;
        }

        /// <summary>Where two differ first; below 0 where they never do. Where a factor vanishes nothing is prescribed.</summary>
        private int FirstDifference(double[] a, double[] b, int output) => Array.FindIndex(
            [.. a.Zip(b)], pair => double.IsFinite(pair.First) && double.IsFinite(pair.Second) && Math.Abs(pair.First - pair.Second) > Equal * sizes[output]);

        private static IEnumerable<(Prescribed A, Prescribed B)> Pairs(Prescribed[] conditions) =>
            from i in Enumerable.Range(0, conditions.Length) from k in Enumerable.Range(0, i) select (conditions[k], conditions[i]);
    }
}
