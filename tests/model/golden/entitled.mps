NAME        
ROWS
 N  NoObj   
 E  entitled_110000
 E  entitled_120000
 E  entitled_130000
COLUMNS
    block_quota_I  entitled_110000  -0.25
    block_quota_I  entitled_120000  -0.75
    block_quota_II  entitled_130000  -1
    entitlement_110000  entitled_110000  1
    entitlement_120000  entitled_120000  1
    entitlement_130000  entitled_130000  1
RHS
BOUNDS
 FR BOUND     block_quota_I
 FR BOUND     block_quota_II
 FR BOUND     entitlement_110000
 FR BOUND     entitlement_120000
 FR BOUND     entitlement_130000
ENDATA
