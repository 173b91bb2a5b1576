using PinnSweep.Jets.Networks;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>
/// An mlp whose coordinates x with a repeating solution become cos(2πkx/P), sin(2πkx/P), k = 1 … K, also where the problem states
/// conditions on the two sides instead of a period: every network of this kind repeats with all its derivatives, and the terms on those
/// sides are left out of the loss. Which coordinates repeat is the problem's own declaration (<see cref="Axis.Repeats"/>).
/// </summary>
public static class Periodic
{
    /// <summary>The catalog's entry.</summary>
    public static NetworkEntry Entry { get; } = new(
        new(
            Factor.Network,
            "periodic",
            "mlp on harmonics of the coordinates in which the solution repeats; the conditions on their sides leave the loss",
            "Dong, Ni, J. Comput. Phys. 435, 2021, arXiv:2007.07442",
            [
                NetworkParts.Hidden([30, 30, 30], "width of each hidden layer (3×30 is enough for quasi-Newton methods)"),
                .. NetworkParts.Options()
                    .Select(parameter => parameter == Embedding.Harmonics ? parameter with { Default = new SpecValue.Number(5) } : parameter),
            ]),
        Create)
    {
        Adapt = (_, problem) => Adapted(problem),
        WhyNotApplicable = (_, problem) => problem.Axes.Any(axis => axis.Periodic || axis.Repeats) ? null : "the solution of this problem repeats in no coordinate",
    };

    private static Problem Adapted(Problem problem)
    {
        var repeating = problem.Axes.Select((axis, i) => (axis, i)).Where(pair => pair.axis.Repeats).Select(pair => pair.i).ToHashSet();
        return problem with
        {
            Axes = [.. problem.Axes.Select(axis => axis.Repeats ? axis with { Periodic = true, Repeats = false } : axis)],
            Terms = [.. problem.Terms
                .Select(term => term.Faces.IsEmpty ? term : term with { Faces = [.. term.Faces.Where(face => !face.IsOfBox || !repeating.Contains(face.Axis))] })
                .Zip(problem.Terms, (left, whole) => (left, whole))
                .Where(pair => pair.whole.Faces.IsEmpty || !pair.left.Faces.IsEmpty)
                .Select(pair => pair.left)],
        };
    }

    private static NetworkGraph Create(Level level, Problem problem, long seed)
    {
        var parts = new NetworkParts(level, problem);
        return parts.WithHead(parts.Stack(parts.Coordinates));
    }
}
