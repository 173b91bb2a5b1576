using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Benchmarks.Packs;

/// <summary>Answers every request at once, with nothing.</summary>
internal sealed class InstantBackend : IPackBackend
{
    public string Name => "instant";

    public IJetEngine CreateEngine(NetworkGraph network, Precision precision, int coefficients, Action<string>? note) => new Engine(network, precision);

    public void Run(IReadOnlyList<LaneRequest> group)
    {
        // The requests are answered.
    }

    public void Dispose()
    {
        // It holds nothing.
    }

    private sealed class Engine(NetworkGraph network, Precision precision) : IJetEngine
    {
        public string Name => "instant";

        public NetworkGraph Network => network;

        public Precision Precision => precision;

        public void SetParameters(ReadOnlySpan<double> theta)
        {
            // Nothing depends on θ.
        }

        public ILossPass CreatePass(ResidualProgram program) => new Pass(program);

        public IJetTape CreateTape(JetLayout layout) => throw new NotSupportedException();

        public void Dispose()
        {
            // It holds nothing.
        }
    }

    private sealed class Pass(ResidualProgram program) : ILossPass
    {
        public ResidualProgram Program => program;

        public int PointCount => 0;

        public void SetPoints(ReadOnlySpan<double> points)
        {
            // Nothing depends on them.
        }

        public void Run(ReadOnlySpan<double> pointWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradients) => throw new NotSupportedException();

        public void RunCombined(
            ReadOnlySpan<double> pointWeights, ReadOnlySpan<double> termWeights, Span<double> losses, Span<double> weightedLosses, Span<double> residuals, Span<double> gradient) => throw new NotSupportedException();

        public void Jacobian(int residual, int first, Span<double> residuals, Span<double> rows) => throw new NotSupportedException();

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
