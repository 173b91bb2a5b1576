using System.Globalization;
using PinnSweep.Methods.Samplers.Parts;
using PinnSweep.Numerics.Streams;
using PinnSweep.Problems.Formulation;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Samplers.Designs;

/// <summary>
/// Latin hypercube: along each direction one point in each of n equal cells, uniform within it or at its middle, cells matched by
/// independent permutations. With <c>candidates</c> several are drawn and that is taken whose two closest points lie farthest apart in the
/// unit cube (maximin, Johnson, Moore, Ylvisaker 1990).
/// </summary>
internal static class LatinHypercubeSampler
{
    // About half a minute of a core for one draw.
    private const double MostDistances = 2e10;

    private static readonly Parameter<Place> Within = MethodParameters.Choice(
        "within",
        "where in its cells a point lies: random; centred: in the middle (Wu et al. 2023, with the best of 1,000 candidates)",
        Place.Random, Place.Centred) with { Absent = ChoiceWords.ToValue(Place.Random) };
    private static readonly Parameter<int> Candidates = MethodParameters.Count(
        "candidates", 1,
        "hypercubes drawn, of which the one with the largest least distance is taken; the work grows with the square of the points",
        1, 10_000) with { Absent = new SpecValue.Number(1) };

    /// <summary>The catalog's entry.</summary>
    public static SamplerEntry Entry { get; } = DesignSampler.Entry(
        "lhs",
        "Latin hypercube, fixed or redrawn every n steps",
        "McKay, Beckman, Conover, Technometrics 21, 1979, doi:10.1080/00401706.1979.10489755; Raissi, Perdikaris, Karniadakis 2019",
        level => new Design(Within.Of(level) != Place.Random, Candidates.Of(level)),
        [Within, Candidates],
        whyNot: WhyNot);

    /// <summary>A candidate costs the distances of all pairs, which for many points no training would wait for.</summary>
    private static string? WhyNot(Level level, Problem problem)
    {
        var candidates = Candidates.Of(level);
        var most = problem.UsedPointSets.Max(set => (double)PointPlaces.Count(level, set));
        return candidates > 1 && candidates * most * most / 2 > MostDistances
            ? string.Create(CultureInfo.InvariantCulture, $"{candidates:N0} candidates of {most:N0} points have {candidates * most * most / 2:0e0} distances; at most {MostDistances:0e0} are compared: take fewer candidates, or 1")
            : null;
    }

    internal sealed class Design(bool centred = false, int candidates = 1) : IPointDesign
    {
        public void Fill(Span<double> unit, int dimensions, RandomStream stream, int draw)
        {
            stream.Enter(draw);
            Fill(unit, dimensions, stream);
            if (candidates == 1)
            {
                return;
            }

            var (candidate, largest) = (new double[unit.Length], LeastSquare(unit, dimensions));
            for (var i = 1; i < candidates; i++)
            {
                Fill(candidate, dimensions, stream);
                if (LeastSquare(candidate, dimensions) is var least && least > largest)
                {
                    largest = least;
                    candidate.CopyTo(unit);
                }
            }
        }

        private void Fill(Span<double> unit, int dimensions, RandomStream stream)
        {
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
                    unit[(i * dimensions) + d] = (cells[i] + (centred ? 0.5 : stream.NextDouble())) / n;
                }
            }
        }

        /// <summary>The square of the distance of the two closest points.</summary>
        private static double LeastSquare(ReadOnlySpan<double> unit, int dimensions)
        {
            var least = double.PositiveInfinity;
            for (var i = dimensions; i < unit.Length; i += dimensions)
            {
                for (var j = 0; j < i; j += dimensions)
                {
                    var square = 0.0;
                    for (var d = 0; d < dimensions; d++)
                    {
                        square += (unit[i + d] - unit[j + d]) * (unit[i + d] - unit[j + d]);
                    }

                    least = Math.Min(least, square);
                }
            }

            return least;
        }
    }

    private enum Place
    {
        Random,
        Centred,
    }
}
