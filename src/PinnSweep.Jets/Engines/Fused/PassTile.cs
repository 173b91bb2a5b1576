using PinnSweep.Jets.Engines.Fused.Simd;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;

namespace PinnSweep.Jets.Engines.Fused;

/// <summary>
/// A tile of a loss pass: the network's jets and the residuals of some points; of residuals that compare two points the network's jets at
/// the second ones too.
/// </summary>
internal sealed unsafe class PassTile<TSimd, TVector, TScalar>(
    NetworkParameters<TSimd, TVector, TScalar> parameters, ResidualProgram program, TileShape shape, PassWorkspace<TSimd, TVector, TScalar> workspace) : IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    private readonly NetworkTile<TSimd, TVector, TScalar>? _across = workspace.Across is { } second ? new(parameters, shape, second) : null;

    public NetworkTile<TSimd, TVector, TScalar> Network { get; } = new(parameters, shape, workspace.Network);

    public ResidualTile<TSimd, TVector, TScalar> Residual { get; } = new(program, shape);

    public TileShape Shape => shape;

    /// <summary>Bytes of what the reverse pass reads.</summary>
    public long Bytes => Network.Bytes + (_across?.Bytes ?? 0);

    /// <summary>
    /// Whether <see cref="NetworkTile{TSimd, TVector, TScalar}.Squares"/> is there: the two parts of a pair's gradient add up before they
    /// are squared.
    /// </summary>
    public bool HasSquares => _across is null && Network.HasSquares;

    public void Forward(PointSet<TScalar> points, PointSet<TScalar>? across, int start)
    {
        Network.Forward(points, start);
        _across?.Forward(across!, start);
        Residual.Forward(Network.Output, _across?.Output, points, start);
    }

    /// <summary>From the cotangents of residual j, or of all where it is negative, to those of the outputs.</summary>
    public void Seed(int j, TScalar* seeds, TScalar* coefficientSums, bool first, TScalar* coefficientPoints = null) =>
        Residual.Reverse(j, seeds, Network.Output, _across?.Output, coefficientSums, first, coefficientPoints);

    /// <summary>From the outputs' cotangents to the accumulators.</summary>
    public void Reverse(TScalar* accumulators, bool first)
    {
        Network.Reverse(accumulators, first);
        _across?.Reverse(accumulators, first: false);
    }

    /// <summary>From the outputs' cotangents to each point's own gradient.</summary>
    public void AddRows(double* rows, int length, int points)
    {
        Network.AddRows(rows, length, points);
        _across?.AddRows(rows, length, points);
    }

    public void Dispose()
    {
        Network.Dispose();
        _across?.Dispose();
        Residual.Dispose();
    }
}

/// <summary>
/// What the tiles of a pass work in. The cotangents of both points of a pair are there at the same time, so each network has a workspace of
/// its own.
/// </summary>
internal sealed class PassWorkspace<TSimd, TVector, TScalar>(NetworkGraph network, TileShape shape, bool hasPairs) : IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public TileWorkspace<TScalar> Network { get; } = NetworkTile<TSimd, TVector, TScalar>.Workspace(network, shape);

    public TileWorkspace<TScalar>? Across { get; } = hasPairs ? NetworkTile<TSimd, TVector, TScalar>.Workspace(network, shape) : null;

    public void Dispose()
    {
        Network.Dispose();
        Across?.Dispose();
    }
}
