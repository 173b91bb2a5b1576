using PinnSweep.Jets.Engines;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Verification;
using PinnSweep.Numerics.Streams;

namespace PinnSweep.Jets.Tests.Engines.Gpu;

/// <summary>Everything that an engine answers for one residual program of two residuals.</summary>
internal static class EngineAnswers
{
    public static double[][] Of(IJetEngine engine, ResidualProgram program, int n, long seed = 1)
    {
        using var pass = engine.CreatePass(program);
        using var tape = engine.CreateTape(program.Layout);
        double[] theta = [.. engine.Network.Initialize(new RandomStream(seed, "init")), .. Enumerable.Repeat(0.7, program.Coefficients)];
        var points = ArbitraryNetwork.DrawPoints(new RandomStream(seed, "points"), n, engine.Network.InputDimension).Select(x => 0.5 + Math.Abs(x)).ToArray();
        var (m, p, chance) = (program.Results.Length, theta.Length, new RandomStream(seed, "weights"));
        double[] weights = [.. Enumerable.Range(0, m * n).Select(_ => chance.NextDouble())];
        engine.SetParameters(theta);
        pass.SetPoints(points);
        tape.SetPoints(points);
        double[] losses = new double[m], weighted = new double[m], forward = new double[m], residuals = new double[m * n], gradients = new double[m * p], combined = new double[p];
        double[] rows = new double[(n - (n / 256 * 256)) * p], of = new double[rows.Length / p], jets = new double[n * program.Outputs * program.Layout.Channels], pulled = new double[p];
        pass.Forward(forward, residuals);
        pass.Run(weights, losses, weighted, residuals, gradients);
        pass.RunCombined([], [.. Enumerable.Range(0, m).Select(j => 0.5 + j)], losses, forward, residuals, combined);
        pass.Jacobian(m - 1, n / 256 * 256, of, rows);
        tape.Forward(jets);
        tape.Pullback([.. jets.Select(_ => chance.NextGaussian() / Math.Sqrt(jets.Length))], pulled);
        return [losses, weighted, forward, residuals, gradients, combined, of, rows, jets, pulled];
    }
}
