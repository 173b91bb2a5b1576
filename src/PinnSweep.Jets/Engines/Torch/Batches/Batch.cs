using PinnSweep.Jets.Engines.Packs;
using TorchSharp;
using static TorchSharp.torch;

namespace PinnSweep.Jets.Engines.Torch.Batches;

/// <summary>
/// Requests that run as one sequence of operations: one form, one number of points, the same constants, gradients or none. θ, points and
/// cotangents go to the device in one piece each, residuals and gradients come back in one.
/// </summary>
internal sealed class Batch
{
    private readonly LaneRequest[] _requests;
    private readonly BatchPass[] _passes;
    private readonly LaneWork _work;

    private Batch(LaneRequest[] requests)
    {
        _requests = requests;
        _passes = [.. requests.Select(request => (BatchPass)request.Pass!)];
        _work = requests[0].Work;
    }

    /// <summary>Divides requests of one kind and form into batches.</summary>
    public static IEnumerable<Batch> Divide(IReadOnlyList<LaneRequest> group, BatchShape shape) => group
        .GroupBy(request => (((BatchPass)request.Pass!).PointCount, ((BatchPass)request.Pass!).Constants, IsWithGradients(request)))
        .SelectMany(same => same.Chunk(shape.LanesFor(((BatchPass)same.First().Pass!).Numbers)))
        .Select(requests => new Batch(requests));

    /// <summary>Answers them.</summary>
    public void Run(BatchShape shape)
    {
        var n = _passes[0].PointCount;
        if (n == 0)
        {
            throw new InvalidOperationException("SetPoints comes first.");
        }

        var inputs = _passes[0].InputsOf(_passes, shape);
        var withGradients = IsWithGradients(_requests[0]);
        using var scope = torch.NewDisposeScope();
        using var mode = withGradients ? null : torch.no_grad();
        var p = _passes[0].Engine.Theta.Length;
        using var theta = Theta(inputs.Lanes, p, shape.Rounded(p));
        if (withGradients)
        {
            theta.requires_grad_();
        }

        var roots = inputs.Residuals(theta.narrow(1, 0, p));
        var residuals = Read(torch.stack(roots), (roots.Length, inputs.Lanes, inputs.Points));
        for (var lane = 0; lane < _requests.Length; lane++)
        {
            for (var j = 0; j < roots.Length; j++)
            {
                residuals.AsSpan(((j * inputs.Lanes) + lane) * inputs.Points, n).CopyTo(Residuals(lane)[(j * n)..]);
            }

            var (plain, weighted) = _work switch
            {
                LaneWork.Forward => (0, -1),
                LaneWork.Run => (1, 2),
                _ => (2, 3),
            };
            var losses = _requests[lane][plain];
            TorchLosses.Sum(n, Residuals(lane), Weights(lane), losses, weighted < 0 ? new double[losses.Length] : _requests[lane][weighted]);
        }

        if (withGradients)
        {
            Differentiate(inputs, theta, roots);
        }
    }

    private static bool IsWithGradients(LaneRequest request) => request.Work switch
    {
        LaneWork.Run => !request[4].IsEmpty,
        LaneWork.RunCombined => !request[5].IsEmpty,
        _ => false,
    };

    private static double[] Read(Tensor tensor, (int A, int B, int C) shape)
    {
        var values = new double[shape.A * shape.B * shape.C];
        TorchMemory.Read(tensor, values);
        return values;
    }

    private void Differentiate(BatchInputs inputs, Tensor theta, Tensor[] roots)
    {
        var isCombined = _work == LaneWork.RunCombined;
        var all = Cotangents(inputs, roots.Length);
        var cotangents = Enumerable.Range(0, roots.Length).Select(j => all.select(0, j)).ToArray();
        var gradients = isCombined
            ? [TorchJetEngine.Pull(roots, cotangents, theta, keepGraph: false)]
            : Enumerable.Range(0, roots.Length).Select(j => TorchJetEngine.Pull([roots[j]], [cotangents[j]], theta, keepGraph: j < roots.Length - 1)).ToArray();
        var (p, stride) = (_passes[0].Engine.Theta.Length, (int)theta.shape[1]);
        var values = Read(torch.stack(gradients.Select(gradient => gradient ?? torch.zeros_like(theta)).ToArray()), (gradients.Length, inputs.Lanes, stride));
        for (var lane = 0; lane < _requests.Length; lane++)
        {
            for (var j = 0; j < gradients.Length; j++)
            {
                values.AsSpan(((j * inputs.Lanes) + lane) * stride, p).CopyTo(_requests[lane][isCombined ? 5 : 4][(j * p)..]);
            }
        }
    }

    private Tensor Theta(int lanes, int p, int stride)
    {
        var values = new double[lanes * stride];
        for (var lane = 0; lane < lanes; lane++)
        {
            _passes[lane < _passes.Length ? lane : 0].Engine.Theta.CopyTo(values.AsSpan(lane * stride, p));
        }

        return Placed(values, [lanes, stride]);
    }

    // Zero for lanes and points that are not there.
    private Tensor Cotangents(BatchInputs inputs, int terms)
    {
        var values = new double[terms * inputs.Lanes * inputs.Points];
        for (var lane = 0; lane < _requests.Length; lane++)
        {
            for (var j = 0; j < terms; j++)
            {
                var target = values.AsSpan(((j * inputs.Lanes) + lane) * inputs.Points, _passes[0].PointCount);
                TorchLosses.Cotangent(Residuals(lane), Weights(lane), j, _work == LaneWork.RunCombined ? _requests[lane][1][j] : 1, target);
            }
        }

        return Placed(values, [terms, inputs.Lanes, inputs.Points]);
    }

    private Tensor Placed(double[] values, ReadOnlySpan<long> shape) => TorchMemory.From(values, shape, _passes[0].Engine.Alone.Type, _passes[0].Engine.Alone.Device);

    private Span<double> Residuals(int lane) => _requests[lane][_work switch { LaneWork.Forward => 1, LaneWork.Run => 3, _ => 4 }];

    private Span<double> Weights(int lane) => _work == LaneWork.Forward ? [] : _requests[lane][0];
}
