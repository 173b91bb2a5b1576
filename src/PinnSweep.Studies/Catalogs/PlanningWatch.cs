namespace PinnSweep.Studies.Catalogs;

/// <summary>
/// Watches a planning and may end it. Planning says what it does and asks in every loop whether to go on. A node passes one with a limit of
/// time, and its message then says what took so long.
/// </summary>
/// <param name="cancel">Ends the planning.</param>
public class PlanningWatch(CancellationToken cancel = default)
{
    /// <summary>Never ends the planning.</summary>
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
