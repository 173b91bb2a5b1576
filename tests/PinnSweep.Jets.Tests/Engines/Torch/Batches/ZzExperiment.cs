using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Engines.Torch.Batches;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Jets.Tests.Engines.Fused;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Tests.Engines.Torch.Batches;

public sealed class ZzExperiment(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public void Look(int pointsOf, bool isFixed)
    {
        var shape = new BatchShape(8, isFixed, pointsOf);
        foreach (var precision in new[] { Precision.Float32, Precision.Float64 })
        foreach (var kind in new[] { ActivationKind.Tanh, ActivationKind.SiLU, ActivationKind.Sin })
        foreach (var width in new[] { 1, 3, 8, 20, 33, 50, 64, 128 })
        foreach (var n in new[] { 7, 64, 100, 257 })
        {
            var builder = new NetworkBuilder([-1, -1], [2, 2]);
            var node = builder.Activate(builder.Dense("hidden", NetworkBuilder.Input, width), kind);
            var slope = builder.Parameters("slope", 1, BlockRole.Other, Initializers.Constant(1.1));
            node = builder.Add(new Node.Activation(builder.Dense("deep", node, width), width, kind, 1, slope));
            builder.Dense("out", node, 1);
            var graph = builder.Build();
            double[][] Of(IPackBackend backend, LaneWork work, params ReadOnlySpan<int> lanes)
            {
                using var group = new LaneGroup(backend, _ => graph, BurgersCase.Program(), precision, _ => n, lanes);
                return group.Run(work);
            }

            using var batched = new TorchBackend("cpu", shape);
            using var loop = new LoopBackend("torch");
            var work = LaneWork.Run;
            var solo = Of(loop, work, 0, 1, 2, 3, 4, 5, 6, 7);
            var all = Of(batched, work, 0, 1, 2, 3, 4, 5, 6, 7);
            var alone = Enumerable.Range(0, 8).Select(lane => Of(batched, work, lane)[0]).ToArray();
            var some = Of(batched, work, 5, 2, 7);
            int Diff(double[] a, double[] b) => a.Zip(b).Count(pair => pair.First != pair.Second);
            double Err(double[] a, double[] b) => a.Zip(b).Max(pair => Math.Abs(pair.First - pair.Second)) / b.Max(Math.Abs);
            var vsSolo = Enumerable.Range(0, 8).Sum(i => Diff(solo[i], all[i]));
            var aloneVsSolo = Enumerable.Range(0, 8).Sum(i => Diff(solo[i], alone[i]));
            var allVsAlone = Enumerable.Range(0, 8).Sum(i => Diff(alone[i], all[i]));
            var someVs = Diff(some[0], alone[5]) + Diff(some[1], alone[2]) + Diff(some[2], alone[7]);
            output.WriteLine($"{pointsOf} {isFixed} {precision} {kind} w{width} n{n}: all/solo {vsSolo} alone/solo {aloneVsSolo} all/alone {allVsAlone} some/alone {someVs} of {solo.Sum(s => s.Length)} err {Enumerable.Range(0, 8).Max(i => Err(all[i], solo[i])):g2}");
        }
    }
}
