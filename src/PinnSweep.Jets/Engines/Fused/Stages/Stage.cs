using PinnSweep.Jets.Engines.Fused.Simd;

namespace PinnSweep.Jets.Engines.Fused.Stages;

/// <summary>
/// One node of the network at work on a tile. Sources may have several users; who comes first in the reverse pass writes a source's
/// cotangent, the others add, which is decided once by <see cref="Claim"/>.
/// </summary>
internal abstract unsafe class Stage<TSimd, TVector, TScalar>(TileShape shape, FeatureRows<TScalar> output)
    where TSimd : struct, ISimd<TVector, TScalar>
    where TVector : unmanaged
    where TScalar : unmanaged
{
    public FeatureRows<TScalar> Output { get; } = output;

    /// <summary>Vectors of gradient accumulators.</summary>
    public virtual int Accumulators => 0;

    /// <summary>Numbers in the memory of the stage's own, where that grows with features and points.</summary>
    public virtual long Noted => 0;

    protected TileShape Shape { get; } = shape;

    /// <summary>Computes the output's jets from its sources'.</summary>
    public abstract void Forward();

    /// <summary>Asks for the cotangents that <see cref="PullBack"/> will write. Called once, in the order of the reverse pass.</summary>
    public abstract void Claim(CotangentPool<TScalar> pool);

    /// <summary>Carries the output's cotangent to the sources.</summary>
    public abstract void PullBack();

    /// <summary>
    /// Adds the tile's part of the parameters' gradient to the accumulators, lanes apart; sets them when the tile is the first.
    /// </summary>
    public virtual void Accumulate(TScalar* accumulators, bool first)
    {
    }

    /// <summary>Sums the lanes and adds to the gradient.</summary>
    public virtual void Reduce(TScalar* accumulators, Span<double> gradient)
    {
    }

    /// <summary>Adds each point's own gradient to its row.</summary>
    public virtual void AddRows(PointRows<TScalar> rows)
    {
    }

    /// <summary>Whether <see cref="AddSquares"/> is there for the stage's parameters.</summary>
    public virtual bool HasSquares => false;

    /// <summary>Adds the squared norm of each point's own gradient by the stage's parameters to one number a point.</summary>
    public virtual void AddSquares(TScalar* squares)
    {
    }

    protected static void Put(TScalar* accumulator, TVector value, bool first) =>
        TSimd.Store(accumulator, first ? value : TSimd.Add(TSimd.Load(accumulator), value));
}

/// <summary>A source of a stage and whether its cotangent is added to rather than written.</summary>
internal sealed unsafe class Edge<TScalar>(FeatureRows<TScalar> rows)
    where TScalar : unmanaged
{
    public int Width => rows.Width;

    public TScalar* Values => rows.Values;

    public TScalar* Cotangents => rows.Cotangents;

    /// <summary>Whether a cotangent is wanted at all.</summary>
    public bool Wanted => rows.DependsOnParameters;

    public bool Accumulate { get; private set; }

    public void Claim(CotangentPool<TScalar> pool)
    {
        if (Wanted)
        {
            Accumulate = pool.Claim(rows);
        }
    }
}
