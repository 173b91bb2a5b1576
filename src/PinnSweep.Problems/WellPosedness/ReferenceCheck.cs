using PinnSweep.Problems.Formulation;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// Whether a reference that is known at points keeps the values that conditions prescribe on the sides where its points lie: a column, a
/// sign or a unit that is wrong shows there.
/// </summary>
internal static class ReferenceCheck
{
    // References have errors of their own, largest at edges.
    private const double Refused = 0.1;

    /// <summary>Conditions that it does not keep.</summary>
    public static IEnumerable<Flaw> Of(Problem problem, CheckPoints words)
    {
        var points = problem.TestPoints.Chunk(problem.Dimension).ToList();
        var values = points.Select(point =>
        {
            var target = new double[problem.Outputs.Length];
            problem.Exact(point, target);
            return target;
        }).ToList();
        foreach (var term in problem.Terms)
        {
            if (PrescribedValue.Of(term) is not { } prescribed || term.Faces.IsEmpty || !problem.MeasuredOutputs.Contains(prescribed.Output))
            {
                continue;
            }

            var places = Region.Of(problem, term).ToList();
            var size = Math.Sqrt(values.Average(value => value[prescribed.Output] * value[prescribed.Output]));
            var here = Enumerable.Range(0, points.Count).Where(i => places.Any(place => place.IsOn(points[i])) && double.IsFinite(prescribed.Value(points[i]))).ToList();
            double Off(int i) => values[i][prescribed.Output] - prescribed.Value(points[i]);

            // A corner where two sides disagree is one point of many.
            if (here.Count > 0 && Math.Sqrt(here.Average(i => Off(i) * Off(i))) > Refused * size && here.MaxBy(i => Math.Abs(Off(i))) is var worst)
            {
                yield return new("reference", $"does not keep the condition '{term.Name}': {problem.Outputs[prescribed.Output]} is {CheckPoints.Words(values[worst][prescribed.Output])} at {words.Words(points[worst])}, where the condition prescribes {CheckPoints.Words(prescribed.Value(points[worst]))}; a column, a sign or a unit is wrong in one of them");
            }
        }
    }
}
