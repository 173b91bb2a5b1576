namespace PinnSweep.Studies.Catalogues;

/// <summary>
/// Goes along with planning: it is told what is being done, and asked in every loop whether to go on. Whoever plans for others gives one that ends after a
/// time, and can then say what took so long.
/// </summary>
/// <param name="cancel">Ends the planning.</param>
public class PlanningWatch(CancellationToken cancel = default)
{
    /// <summary>Planning that nobody ends.</summary>
    public static PlanningWatch None { get; } = new();

    /// <summary>What is being done, to complete "it was …".</summary>
    public string Doing { get; private set; } = "reading the study file";

    /// <summary>Something begins.</summary>
    /// <exception cref="OperationCanceledException">The planning shall end.</exception>
    public void Begin(string doing)
    {
        if (this != None)
        {
            Doing = doing;
        }

        Check();
    }

    /// <summary>Whether to go on.</summary>
    /// <exception cref="OperationCanceledException">The planning shall end.</exception>
    public virtual void Check() => cancel.ThrowIfCancellationRequested();
}
