using PinnSweep.Studies;

namespace PinnSweep.Pinns;

/// <summary>Latin hypercube: along each direction one point in each of n equal cells, uniform within it, cells matched by independent permutations.</summary>
public static class LatinHypercubeSampler
{
    /// <summary>The catalogue's entry.</summary>
    public static SamplerEntry Entry { get; } = DesignSampler.Entry(
        "lhs",
        "Latin hypercube, fixed or redrawn every n steps",
        "McKay, Beckman, Conover, Technometrics 21, 1979, doi:10.1080/00401706.1979.10489755; Raissi, Perdikaris, Karniadakis 2019",
        _ => new Design());

    internal sealed class Design : IPointDesign
    {
        public void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw)
        {
            stream.Enter(draw);
            var n = unit.Length / dimensions;
            var cells = new int[n];
            for (var d = 0; d < dimensions; d++)
            {
                for (var i = 0; i < n; i++)
                {
                    cells[i] = i;
                }

                for (var i = n - 1; i > 0; i--)
                {
                    var j = stream.NextInt(i + 1);
                    (cells[i], cells[j]) = (cells[j], cells[i]);
                }

                for (var i = 0; i < n; i++)
                {
                    unit[(i * dimensions) + d] = (cells[i] + stream.NextDouble()) / n;
                }
            }
        }
    }
}
