using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Streams;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Samplers.Designs;

/// <summary>
/// An equispaced tensor grid. <c>layout: domain</c> is that of the source's code, <see cref="DomainGrid"/>. <c>cube</c>, all there was
/// before, divides the unit cube, whatever the extents of the domain: coordinate (i + 1)/(n + 1) of n along each direction, time among
/// them, so the last moment has no points. Of the counts whose product does not exceed what was asked for it takes the most even ones, so
/// there may be a few points less. It is also what the word <c>grid</c> of <c>outside</c> means.
/// </summary>
internal static class GridSampler
{
    private static readonly Parameter<Spacing> Layout = MethodParameters.Choice(
        "layout",
        "domain (authors' code): spaced by the extents of the domain, without ends of space, with the last moment of time, a few "
            + "points more where counts do not come out; cube: as many along each direction, without any ends, at most as many as "
            + "asked for",
        Spacing.Domain, Spacing.Cube) with { Absent = ChoiceWords.ToValue(Spacing.Cube) };

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = DesignSampler.Entry(
        "grid",
        "equispaced tensor grid in the domain and on each side",
        "Wu, Zhu, Tan, Kartha, Lu, Comput. Methods Appl. Mech. Eng. 403, 2023, arXiv:2207.10289 (Grid, in the form of its code: DeepXDE's uniform points)",
        level => Layout.Of(level) == Spacing.Cube ? new Design() : new DomainGrid(),
        [Layout],
        redraws: false);

    internal sealed class Design : IPointDesign
    {
        public int Count(int wanted, int dimensions) => Along(wanted, dimensions).Aggregate(1, (product, n) => product * n);

        public void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw)
        {
            var along = Along(unit.Length / dimensions, dimensions);
            for (var i = 0; i < unit.Length; i += dimensions)
            {
                var rest = i / dimensions;
                for (var d = dimensions - 1; d >= 0; d--)
                {
                    unit[i + d] = ((rest % along[d]) + 1.0) / (along[d] + 1);
                    rest /= along[d];
                }
            }
        }

        private static int[] Along(int count, int dimensions)
        {
            var along = new int[dimensions];
            Array.Fill(along, 1);

            // One more along the direction with the fewest, as long as the product allows it.
            while (Enumerable.Range(0, dimensions).OrderBy(d => along[d]).FirstOrDefault(Fits, -1) is >= 0 and var next)
            {
                along[next]++;
            }

            bool Fits(int d) => along.Aggregate(1L, (product, n) => product * n) / along[d] * (along[d] + 1) <= count;

            return along;
        }
    }

    private enum Spacing
    {
        Domain,
        Cube,
    }
}
