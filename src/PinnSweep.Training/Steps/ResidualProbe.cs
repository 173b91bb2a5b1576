using System.Collections.Immutable;
using PinnSweep.Jets.Engines;
using PinnSweep.Methods.Samplers;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Training.Steps;

/// <summary>
/// Residuals of the differential equations at points that are not in use, forward only and in the precision of the training, a block at a
/// time, so memory does not grow with their number. Cores that nobody uses take blocks too; every block has the same bits wherever it is
/// computed.
/// </summary>
internal sealed class ResidualProbe(Problem problem, IJetEngine engine, Func<int> idleCores) : IResidualProbe, IDisposable
{
    private const int Block = 4096;
    private const int MostCores = 8;
    private readonly ImmutableArray<LossTerm> _equations = [.. problem.Terms.Where(term => term.PointSet == PointSets.Interior && !term.IsAdded)];
    private readonly List<BlockPass> _passes = [];
    private readonly Lock _columns = new();

    /// <inheritdoc/>
    public void Magnitudes(ReadOnlySpan<double> points, Span<double> magnitudes)
    {
        var blocks = (magnitudes.Length + Block - 1) / Block;
        var cores = blocks > 1 && engine.RunsPassesAtOnce ? Math.Min(1 + idleCores(), Math.Min(blocks, MostCores)) : 1;
        while (_passes.Count < cores)
        {
            _passes.Add(new(engine.CreatePass(problem.Compile(_equations)), _equations.Length));
        }

        if (cores > 1)
        {
            var found = new double[magnitudes.Length];
            Share(points.ToArray(), found, blocks, cores);
            found.CopyTo(magnitudes);
            return;
        }

        for (var first = 0; first < magnitudes.Length; first += Block)
        {
            Take(_passes[0], points, magnitudes, first);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _passes.ForEach(pass => pass.Dispose());

    // Whoever is free takes the next block: a core that gets other work meanwhile takes fewer.
    private void Share(double[] points, double[] magnitudes, int blocks, int cores)
    {
        var next = -1;
        Parallel.For(0, cores, core =>
        {
            for (var block = Interlocked.Increment(ref next); block < blocks; block = Interlocked.Increment(ref next))
            {
                Take(_passes[core], points, magnitudes, block * Block);
            }
        });
    }

    private void Take(BlockPass pass, ReadOnlySpan<double> points, Span<double> magnitudes, int first)
    {
        var target = magnitudes.Slice(first, Math.Min(Block, magnitudes.Length - first));

        // What an equation asks of coordinates alone may be a trained network, which serves one at a time.
        lock (_columns)
        {
            pass.SetPoints(points.Slice(first * problem.Dimension, target.Length * problem.Dimension));
        }

        pass.Magnitudes(target);
    }

    private sealed class BlockPass(ILossPass pass, int equations) : IDisposable
    {
        private readonly double[] _losses = new double[equations];
        private readonly double[] _weighted = new double[equations];
        private readonly double[] _residuals = new double[equations * Block];

        public void SetPoints(ReadOnlySpan<double> points) => pass.SetPoints(points);

        public void Magnitudes(Span<double> magnitudes)
        {
            var count = magnitudes.Length;
            pass.Run([], _losses, _weighted, _residuals.AsSpan(0, equations * count), []);
            for (var i = 0; i < count; i++)
            {
                var square = 0.0;
                for (var j = 0; j < equations; j++)
                {
                    square += _residuals[(j * count) + i] * _residuals[(j * count) + i];
                }

                magnitudes[i] = double.IsFinite(square) ? Math.Sqrt(square) : 0;
            }
        }

        public void Dispose() => pass.Dispose();
    }
}
