using PinnSweep.Jets.Expressions;

namespace PinnSweep.Problems.WellPosedness;

/// <summary>
/// How many conditions a system of equations needs along a coordinate: the order of the one equation that would be left of it. Each output
/// is matched with an equation of its own, as many as can be, and of all such matchings the one with the highest orders counts: the
/// degree of the system's determinant where nothing cancels (Douglis and Nirenberg 1955, doi:10.1002/cpa.3160080406). Of Stokes' equations
/// that is four in each coordinate, not the five that counting outputs one by one gives.
/// </summary>
internal static class SystemOrder
{
    /// <summary>The order along a coordinate; 0 where nothing is derived by it.</summary>
    public static int Of(IReadOnlyList<Expr> equations, int outputs, int axis)
    {
        // best[set]: matched outputs and their orders together, with each of the equations so far used at most once.
        var best = new (int Matched, int Order)?[1 << outputs];
        best[0] = (0, 0);
        foreach (var equation in equations)
        {
            var next = best.ToArray();
            foreach (var (output, order) in Orders(equation, axis))
            {
                for (var set = 0; set < best.Length; set++)
                {
                    if ((set >> output & 1) == 0 && best[set] is var (matched, sum))
                    {
                        var larger = set | 1 << output;
                        var candidate = (matched + 1, sum + order);
                        next[larger] = next[larger] is { } known && known.CompareTo(candidate) >= 0 ? known : candidate;
                    }
                }
            }

            best = next;
        }

        return best.Max() is var (_, most) ? most : 0;
    }

    /// <summary>The highest derivative of each output in an equation by a coordinate; outputs that do not stand in it are left out.</summary>
    public static IReadOnlyDictionary<int, int> Orders(Expr equation, int axis) => ExprGraph.Order(equation).OfType<Expr.Derivative>()
        .GroupBy(derivative => derivative.Output)
        .ToDictionary(output => output.Key, output => output.Max(derivative => derivative.Orders[axis]));
}
