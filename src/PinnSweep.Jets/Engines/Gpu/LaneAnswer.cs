using System.Numerics;
using PinnSweep.Jets.Engines.Gpu.Kernels;
using PinnSweep.Jets.Engines.Packs;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Gpu;

/// <summary>
/// From a lane's results to the answer of its request. Losses are sums of residuals in double precision, in the order of the points; the
/// derivatives by factorized weights are split into those of their two factors here.
/// </summary>
internal static class LaneAnswer<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>Writes it.</summary>
    /// <param name="work">A <see cref="TileWork"/>.</param>
    /// <param name="network">The lane's network.</param>
    /// <param name="theta">θ with the coefficients.</param>
    /// <param name="count">Points of the lane.</param>
    /// <param name="results">Its results; empty where there was nothing to run.</param>
    /// <param name="request">The request.</param>
    /// <param name="values">How many of the results stand before its gradients.</param>
    public static void Write(int work, NetworkGraph network, ReadOnlySpan<double> theta, int count, ReadOnlySpan<T> results, LaneRequest request, int values)
    {
        switch (request.Work)
        {
            case LaneWork.Forward:
                Losses(results, count, [], request[0], [], request[1]);
                break;
            case LaneWork.Run:
                Losses(results, count, request[0], request[1], request[2], request[3]);
                Gradients(network, theta, results, values, request[4]);
                break;
            case LaneWork.RunCombined:
                Losses(results, count, request[0], request[2], request[3], request[4]);
                Gradients(network, theta, results, values, request[5]);
                break;
            case LaneWork.Jacobian:
                Copy(results, request[0]);
                Gradients(network, theta, results, request[0].Length, request[1]);
                break;
            case LaneWork.TapeForward:
                Copy(results, request[0]);
                break;
            case LaneWork.TapePullback:
                Gradients(network, theta, results, 0, request[1]);
                break;
            default:
                throw new NotSupportedException($"no answer to {request.Work} of kind {work}");
        }
    }

    private static void Copy(ReadOnlySpan<T> from, Span<double> to)
    {
        for (var i = 0; i < to.Length && i < from.Length; i++)
        {
            to[i] = double.CreateTruncating(from[i]);
        }
    }

    private static void Losses(ReadOnlySpan<T> results, int n, ReadOnlySpan<double> weights, Span<double> losses, Span<double> weighted, Span<double> residuals)
    {
        Copy(results, residuals);
        for (var j = 0; j < losses.Length; j++)
        {
            double plain = 0, sum = 0;
            for (var i = j * n; i < (j + 1) * n; i++)
            {
                var square = residuals[i] * residuals[i];
                plain += square;
                sum += weights.IsEmpty ? square : weights[i] * residuals[i] * residuals[i];
            }

            losses[j] = plain / n;
            if (!weighted.IsEmpty)
            {
                weighted[j] = sum / n;
            }
        }
    }

    private static void Gradients(NetworkGraph network, ReadOnlySpan<double> theta, ReadOnlySpan<T> results, int start, Span<double> gradients)
    {
        if (results.IsEmpty)
        {
            gradients.Clear();
            return;
        }

        if (gradients.IsEmpty)
        {
            return;
        }

        Copy(results[start..], gradients);
        foreach (var node in network.Nodes)
        {
            if (node is Node.Dense { ScaleOffset: >= 0 } dense)
            {
                for (var set = 0; set < gradients.Length; set += theta.Length)
                {
                    Split(dense, network.Nodes[dense.Source].Width, theta, gradients.Slice(set, theta.Length));
                }
            }
        }
    }

    // With W = diag(eˢ) V: ∂/∂V = eˢ ∂/∂W by rows, and ∂/∂s of a row is ∂/∂W · W.
    private static void Split(Node.Dense dense, int inner, ReadOnlySpan<double> theta, Span<double> gradient)
    {
        for (var row = 0; row < dense.Width; row++)
        {
            var factor = Math.Exp(theta[dense.ScaleOffset + row]);
            var scale = 0.0;
            for (var k = dense.WeightOffset + (row * inner); k < dense.WeightOffset + ((row + 1) * inner); k++)
            {
                gradient[k] *= factor;
                scale += gradient[k] * theta[k];
            }

            gradient[dense.ScaleOffset + row] += scale;
        }
    }
}
