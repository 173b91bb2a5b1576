namespace PinnSweep.Jets.Engines.Fused;

/// <summary>A tile of a loss pass: the network's jets and the residuals of some points.</summary>
internal sealed class PassTile<TSimd, TVector, TScalar>(
    NetworkParameters<TSimd, TVector, TScalar> parameters, ResidualProgram program, TileShape shape, TileWorkspace<TScalar> workspace) : IDisposable
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public NetworkTile<TSimd, TVector, TScalar> Network { get; } = new(parameters, shape, workspace);

    public ResidualTile<TSimd, TVector, TScalar> Residual { get; } = new(program, shape);

    public TileShape Shape => shape;

    public void Forward(PointSet<TScalar> points, int start)
    {
        Network.Forward(points, start);
        Residual.Forward(Network.Output, points, start);
    }

    public void Dispose()
    {
        Network.Dispose();
        Residual.Dispose();
    }
}
