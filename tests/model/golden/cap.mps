NAME        
ROWS
 N  NoObj   
 E  cap_I   
 E  cap_II  
COLUMNS
    block_quota_I  cap_I     1
    block_quota_II  cap_II    1
RHS
    RHS_V     cap_I     26
    RHS_V     cap_II    28
BOUNDS
 FR BOUND     block_quota_I
 FR BOUND     block_quota_II
ENDATA
