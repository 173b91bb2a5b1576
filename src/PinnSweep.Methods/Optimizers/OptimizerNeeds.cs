namespace PinnSweep.Methods.Optimizers;

/// <summary>What an optimizer asks of the rest of a trial.</summary>
public sealed record OptimizerNeeds
{
    /// <summary>The longest θ that it takes.</summary>
    public int MostParameters { get; init; } = int.MaxValue;

    /// <summary>Whether its direction must be the gradient of one loss, because it evaluates that loss elsewhere.</summary>
    public bool GradientOfOneLoss { get; init; }

    /// <summary>Whether points must stay for longer than one step.</summary>
    public bool PointsThatStay { get; init; }

    /// <summary>Steps that are taken before its last phase begins; 0 without phases.</summary>
    public long StepsBeforeLastPhase { get; init; }

    /// <summary>Whether single precision spoils it.</summary>
    public bool Float64Advised { get; init; }
}
